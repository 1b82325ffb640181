import { BootstraplessSynthesizer, type IStackSynthesizer, type ISynthesisSession } from 'aws-cdk-lib';
import { ArtifactType } from 'aws-cdk-lib/cloud-assembly-schema';

/**
 * For a stack whose template is printed for others to deploy: it has no assets, needs no bootstrap and is deployed with the caller's own
 * credentials. The command line finds it by its bare name although it is in a stage, where `cdk deploy` without a name leaves it out.
 */
class NamedSynthesizer extends BootstraplessSynthesizer {
  override synthesize(session: ISynthesisSession): void {
    super.synthesize(session);
    const { artifactId, templateFile, stackName, environment } = this.boundStack;
    session.assembly.addArtifact(artifactId, {
      type: ArtifactType.AWS_CLOUDFORMATION_STACK,
      environment,
      displayName: stackName,
      properties: { templateFile, stackName },
    });
  }
}

/** The cast: under `exactOptionalPropertyTypes` the base class does not fit the interface that it implements. */
export function namedSynthesizer(): IStackSynthesizer {
  return new NamedSynthesizer() as IStackSynthesizer;
}
