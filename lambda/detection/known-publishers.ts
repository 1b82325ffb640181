/** An account that publishes layers for others. The account alone proves nothing: name and partition have to fit too. */
export interface KnownPublisher {
  readonly kind: 'aws' | 'vendor';
  readonly publisher: string;
  readonly account: string;
  readonly layerPrefix: string;
  readonly partition: string;
  /** Where the line comes from. */
  readonly source: string;
}

const cdkFacts = 'aws-cdk-lib 2.276.0, region-info/lib/built-ins.generated.js';
const adot = 'AWS Distro for OpenTelemetry, Lambda layer ARNs in its public documentation';
const powertools = 'docs.powertools.aws.dev, Lambda layer ARNs';
const datadog = 'github.com/DataDog/datadog-lambda-extension releases';
const awesome = 'github.com/mthenw/awesome-layers (2023-11)';
const vendorDocs = "the vendor's public documentation of its Lambda layers";
const elastic = 'github.com/elastic/apm-aws-lambda releases';
const grafana = 'github.com/grafana/pyroscope-lambda-extension releases';

/**
 * Account 066549572091 is left out on purpose: public lists give it to Epsagon (defunct) and the CDK's facts to Lambda
 * Insights in il-central-1, so a layer of it is of an unknown account.
 */
export const knownPublishers: readonly KnownPublisher[] = [
  aws('AWS AppConfig', '000010852771', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '027255383542', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '039592058896', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '066940009817', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '080788657173', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '203683718741', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '282860088358', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '307021474294', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '359756378197', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '418787028745', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '421114256042', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '434848589818', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '489524808438', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '493207061005', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '554480029851', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '559955524753', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '574348263942', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '586093569114', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '630222743974', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '646970417810', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '662846165436', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '706869817123', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '728743619870', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '758369105281', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '826293736237', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '958113053741', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '980059726660', 'AWS-AppConfig-Extension', 'aws', cdkFacts),
  aws('AWS AppConfig', '615057806174', 'AWS-AppConfig-Extension', 'aws-cn', cdkFacts),
  aws('AWS AppConfig', '615084187847', 'AWS-AppConfig-Extension', 'aws-cn', cdkFacts),
  aws('AWS AppConfig', '946561847325', 'AWS-AppConfig-Extension', 'aws-us-gov', cdkFacts),
  aws('AWS AppConfig', '946746059096', 'AWS-AppConfig-Extension', 'aws-us-gov', cdkFacts),
  aws('AWS Parameters and Secrets', '015030872274', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '044395824272', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '070087711984', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '133256977650', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '133490724326', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '176022468876', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '177933569100', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '187925254637', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '200266452380', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '317013901791', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '325218067255', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '345057560386', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '427196147048', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '490737872127', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '524103009944', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '576959938190', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '590474943231', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '665172237481', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '738900069198', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '768336418462', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '772501565639', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '780235371811', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '832021897121', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '858974508948', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '933737806257', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '997803712105', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws', cdkFacts),
  aws('AWS Parameters and Secrets', '287114880934', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws-cn', cdkFacts),
  aws('AWS Parameters and Secrets', '287310001119', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws-cn', cdkFacts),
  aws('AWS Parameters and Secrets', '127562683043', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws-us-gov', cdkFacts),
  aws('AWS Parameters and Secrets', '129776340158', 'AWS-Parameters-and-Secrets-Lambda-Extension', 'aws-us-gov', cdkFacts),
  aws('CloudWatch Lambda Insights', '012438385374', 'LambdaInsightsExtension', 'aws', cdkFacts),
  aws('CloudWatch Lambda Insights', '033019950311', 'LambdaInsightsExtension', 'aws', cdkFacts),
  aws('CloudWatch Lambda Insights', '145023102084', 'LambdaInsightsExtension', 'aws', cdkFacts),
  aws('CloudWatch Lambda Insights', '158895979263', 'LambdaInsightsExtension', 'aws', cdkFacts),
  aws('CloudWatch Lambda Insights', '194566237122', 'LambdaInsightsExtension', 'aws', cdkFacts),
  aws('CloudWatch Lambda Insights', '285320876703', 'LambdaInsightsExtension', 'aws', cdkFacts),
  aws('CloudWatch Lambda Insights', '339249233099', 'LambdaInsightsExtension', 'aws', cdkFacts),
  aws('CloudWatch Lambda Insights', '352183217350', 'LambdaInsightsExtension', 'aws', cdkFacts),
  aws('CloudWatch Lambda Insights', '439286490199', 'LambdaInsightsExtension', 'aws', cdkFacts),
  aws('CloudWatch Lambda Insights', '459530977127', 'LambdaInsightsExtension', 'aws', cdkFacts),
  aws('CloudWatch Lambda Insights', '519774774795', 'LambdaInsightsExtension', 'aws', cdkFacts),
  aws('CloudWatch Lambda Insights', '580247275435', 'LambdaInsightsExtension', 'aws', cdkFacts),
  aws('CloudWatch Lambda Insights', '590183865173', 'LambdaInsightsExtension', 'aws', cdkFacts),
  aws('CloudWatch Lambda Insights', '605207715842', 'LambdaInsightsExtension', 'aws', cdkFacts),
  aws('CloudWatch Lambda Insights', '727646510379', 'LambdaInsightsExtension', 'aws', cdkFacts),
  aws('CloudWatch Lambda Insights', '732604637566', 'LambdaInsightsExtension', 'aws', cdkFacts),
  aws('CloudWatch Lambda Insights', '761018874580', 'LambdaInsightsExtension', 'aws', cdkFacts),
  aws('CloudWatch Lambda Insights', '761377655185', 'LambdaInsightsExtension', 'aws', cdkFacts),
  aws('CloudWatch Lambda Insights', '879381266642', 'LambdaInsightsExtension', 'aws', cdkFacts),
  aws('CloudWatch Lambda Insights', '891564319516', 'LambdaInsightsExtension', 'aws', cdkFacts),
  aws('CloudWatch Lambda Insights', '946466191631', 'LambdaInsightsExtension', 'aws', cdkFacts),
  aws('CloudWatch Lambda Insights', '488211338238', 'LambdaInsightsExtension', 'aws-cn', cdkFacts),
  aws('CloudWatch Lambda Insights', '122132214140', 'LambdaInsightsExtension', 'aws-us-gov', cdkFacts),
  aws('CloudWatch Lambda Insights', '198461476570', 'LambdaInsightsExtension', 'aws-us-gov', cdkFacts),
  aws('CloudWatch Lambda Insights', '751350123760', 'LambdaInsightsExtension', 'aws-us-gov', cdkFacts),
  aws('AWS Distro for OpenTelemetry', '901920570463', 'aws-otel-', 'aws', cdkFacts),
  aws('AWS Distro for OpenTelemetry', '901920570463', 'aws-otel-', 'aws-cn', cdkFacts),
  aws('AWS Distro for OpenTelemetry', '615299751070', 'AWSOpenTelemetryDistro', 'aws', adot),
  aws('Powertools for AWS Lambda (TypeScript)', '094274105915', 'AWSLambdaPowertoolsTypeScript', 'aws', powertools),
  aws('Powertools for AWS Lambda (Python)', '017000801446', 'AWSLambdaPowertoolsPython', 'aws', powertools),
  aws('Powertools for AWS Lambda (Python)', '165087284144', 'AWSLambdaPowertoolsPython', 'aws-us-gov', powertools),
  aws('Powertools for AWS Lambda (Python)', '498634801083', 'AWSLambdaPowertoolsPython', 'aws-cn', powertools),
  vendor('Datadog', '464622532012', 'Datadog-Extension', 'aws', datadog),
  vendor('Datadog', '464622532012', 'Datadog-Node', 'aws', datadog),
  vendor('Datadog', '464622532012', 'Datadog-Python', 'aws', datadog),
  vendor('Datadog', '002406178527', 'Datadog-Extension', 'aws-us-gov', datadog),
  vendor('Datadog', '002406178527', 'Datadog-Node', 'aws-us-gov', datadog),
  vendor('Datadog', '002406178527', 'Datadog-Python', 'aws-us-gov', datadog),
  vendor('New Relic', '451483290750', 'NewRelic', 'aws', awesome),
  vendor('Lumigo', '114300393969', 'lumigo-', 'aws', vendorDocs),
  vendor('Sentry', '943013980633', 'SentryNodeServerlessSDK', 'aws', vendorDocs),
  vendor('Sentry', '943013980633', 'SentryPythonServerlessSDK', 'aws', vendorDocs),
  vendor('Dynatrace', '725887861453', 'Dynatrace_OneAgent_', 'aws', vendorDocs),
  vendor('Honeycomb', '702835727665', 'honeycomb-lambda-extension', 'aws', vendorDocs),
  vendor('Elastic', '267093732750', 'elastic-apm-', 'aws', elastic),
  vendor('Splunk', '254067382080', 'splunk-apm', 'aws', vendorDocs),
  vendor('Splunk', '254067382080', 'splunk-lambda-', 'aws', vendorDocs),
  vendor('Coralogix', '625240141681', 'coralogix-', 'aws', vendorDocs),
  vendor('Sumo Logic', '956882708938', 'sumologic-extension', 'aws', vendorDocs),
  vendor('Instana', '410797082306', 'instana-', 'aws', vendorDocs),
  vendor('Thundra', '269863060030', 'thundra-', 'aws', awesome),
  vendor('Thundra', '269863060030', 'merloc-', 'aws', awesome),
  vendor('HashiCorp Vault', '634166935893', 'vault-lambda-extension', 'aws', vendorDocs),
  vendor('OpenTelemetry', '184161586896', 'opentelemetry-', 'aws', vendorDocs),
  vendor('Grafana Pyroscope', '489437247049', 'pyroscope-lambda-extension', 'aws', grafana),
];

function aws(publisher: string, account: string, layerPrefix: string, partition: string, source: string): KnownPublisher {
  return { kind: 'aws', publisher, account, layerPrefix, partition, source };
}

function vendor(publisher: string, account: string, layerPrefix: string, partition: string, source: string): KnownPublisher {
  return { kind: 'vendor', publisher, account, layerPrefix, partition, source };
}
