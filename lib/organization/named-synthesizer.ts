import { BootstraplessSynthesizer, type IStackSynthesizer, type ISynthesisSession } from 'aws-cdk-lib';
import { ArtifactType } from 'aws-cdk-lib/cloud-assembly-schema';

/**
 * For a stack that is printed for others to deploy: it has no assets, needs no bootstrap, is deployed with the caller's own
 * credentials, and goes by its bare name although it is in a stage. It is in a stage so that it is no stack that `cdk deploy`
 * without a name could mean.
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

/** For the type's sake: the base class leaves open what the interface wants to be there or absent. */
export function namedSynthesizer(): IStackSynthesizer {
  return new NamedSynthesizer() as IStackSynthesizer;
}
