import {
  CfnParameter,
  type DockerImageAssetLocation,
  type FileAssetLocation,
  type FileAssetSource,
  type IStackSynthesizer,
  type ISynthesisSession,
  type Stack,
  StackSynthesizer,
} from 'aws-cdk-lib';

/** Where `deploy.sh` and the Terraform module put the code, below the bucket that the parameter names. */
export const codePrefix = 'layerwatch';

export const codeBucketParameter = 'CodeBucket';

/** Folder of the assembly with the code of a function, and the name of the zip that the template expects. */
export interface CodeFolder {
  readonly folder: string;
  readonly zipName: string;
}

/** For a template without the CDK: it takes the code of its functions from a bucket that a parameter names, and needs no bootstrap. */
export class ReleaseSynthesizer extends StackSynthesizer {
  readonly code = new Map<string, CodeFolder>();
  private bucket = '';

  override bind(stack: Stack): void {
    super.bind(stack);
    this.bucket = new CfnParameter(stack, codeBucketParameter, {
      description: `Bucket in the region of the stack that holds the zips of the functions below ${codePrefix}/`,
      allowedPattern: '[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]',
    }).valueAsString;
  }

  override addFileAsset({ sourceHash, fileName = '' }: FileAssetSource): FileAssetLocation {
    const zipName = `${sourceHash}.zip`;
    this.code.set(sourceHash, { folder: fileName, zipName });
    const objectKey = `${codePrefix}/${zipName}`;
    return {
      bucketName: this.bucket,
      objectKey,
      httpUrl: `https://${this.bucket}.s3.amazonaws.com/${objectKey}`,
      s3ObjectUrl: `s3://${this.bucket}/${objectKey}`,
    };
  }

  override addDockerImageAsset(): DockerImageAssetLocation {
    throw new Error('the stack of a release holds no image');
  }

  override synthesize(session: ISynthesisSession): void {
    this.synthesizeTemplate(session);
    this.emitArtifact(session);
  }
}

/** The cast: under `exactOptionalPropertyTypes` the base class does not fit the interface that it implements. */
export function asSynthesizer(synthesizer: ReleaseSynthesizer): IStackSynthesizer {
  return synthesizer as IStackSynthesizer;
}
