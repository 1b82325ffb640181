import { forwarderName } from '../../lambda/detection/forwarded-pattern';
import { createApp } from '../../lib/app';
import { temporaryFolder } from '../harness/temporary-folder';
import { contextWithoutBundling } from './synthesis';

describe('the stacks of the app', () => {
  const synthesized = () =>
    createApp({
      context: { ...contextWithoutBundling(), email: 'a@example.com' },
      workingFolder: temporaryFolder(),
      outdir: temporaryFolder(),
      builtinCloudFormationValidation: false,
    }).synth();

  test('given no name, then cdk deploy means the stack Layerwatch alone', () => {
    expect(synthesized().stacks.map(({ displayName }) => displayName)).toEqual(['Layerwatch']);
  });

  test('given the name LayerwatchForwarder, then the command line finds the forwarder by it', () => {
    const nested = synthesized().getNestedAssembly('assembly-Organization');
    expect(nested.stacks.map(({ hierarchicalId, stackName }) => [hierarchicalId, stackName])).toEqual([
      [forwarderName, forwarderName],
    ]);
  });
});
