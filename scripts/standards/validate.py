"""Validates findings against the published schemas of OCSF and of Security Hub.

Reads one JSON object a line from the standard input, {"standard": "ocsf" | "asff", "document": ...}, and writes one line for each:
a JSON list of its problems.
"""

import json
import re
import sys

import botocore.loaders
import botocore.model
import botocore.validate
import jsonschema
import ocsf_json_schema

# Profiles and version are those that the events name; another would be another schema.
OCSF_VERSION = "1.8.0"
OCSF_PROFILES = ["cloud"]


def ocsf_validator():
    published = ocsf_json_schema.get_ocsf_schema(version=OCSF_VERSION)
    schema = ocsf_json_schema.OcsfJsonSchemaEmbedded(published).get_class_schema(
        class_name="detection_finding", profiles=OCSF_PROFILES
    )
    validator = jsonschema.Draft202012Validator(schema)

    def problems(event):
        found = [f"{error.json_path} {error.message}" for error in validator.iter_errors(event)]
        named = (event.get("metadata") or {}).get("version"), (event.get("metadata") or {}).get("profiles")
        if named != (OCSF_VERSION, OCSF_PROFILES):
            found.append(f"names version and profiles {named}")
        return found

    return problems


def asff_validator():
    api = botocore.loaders.Loader().load_service_model("securityhub", "service-2")
    shape = botocore.model.ServiceModel(api).operation_model("BatchImportFindings").input_shape
    validator = botocore.validate.ParamValidator()

    def problems(finding):
        request = {"Findings": [finding]}
        report = validator.validate(request, shape)
        found = report.generate_report().split("\n") if report.has_errors() else []
        return found + list(pattern_problems(request, shape, "")) + list(choice_problems(request, shape, ""))

    return problems


def pattern_problems(value, shape, path):
    """botocore checks names, types and ranges, and leaves the patterns of texts to the service."""
    for text, text_shape, text_path in texts(value, shape, path):
        pattern = text_shape.metadata.get("pattern")
        if pattern and not re.search(pattern, text):
            yield f"{text_path} does not match {pattern}"


def choice_problems(value, shape, path):
    """botocore leaves the choices of enumerations to the service as well."""
    for text, text_shape, text_path in texts(value, shape, path):
        choices = text_shape.metadata.get("enum")
        if choices and text not in choices:
            yield f"{text_path} is not one of {', '.join(choices)}"


def texts(value, shape, path):
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            if name in value:
                yield from texts(value[name], member, f"{path}.{name}")
    elif shape.type_name == "list":
        for item in value:
            yield from texts(item, shape.member, f"{path}[]")
    elif shape.type_name == "map":
        for key, item in value.items():
            yield from texts(key, shape.key, f"{path} key")
            yield from texts(item, shape.value, f"{path}.{key}")
    elif shape.type_name == "string" and isinstance(value, str):
        yield value, shape, path


VALIDATORS = {"ocsf": ocsf_validator, "asff": asff_validator}


def main():
    validators = {}
    for line in sys.stdin:
        request = json.loads(line)
        standard = request["standard"]
        if standard not in validators:
            validators[standard] = VALIDATORS[standard]()
        print(json.dumps(validators[standard](request["document"])), flush=True)


if __name__ == "__main__":
    main()
