import {
  CreateFunctionCommand,
  DeleteLayerVersionCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListLayersCommand,
  PublishLayerVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import { waitUntil } from '../harness/wait-until';
import { deployedAccount } from './deployment';

const ZipFile = zipSync({ 'index.py': new TextEncoder().encode('def handler(event, context): pass\n') });

/** Functions and layers of the emulated account, on which somebody else works. */
export class Functions {
  private readonly client = new LambdaClient({});

  constructor(private readonly roleName: string) {}

  /** Publishes a version of a layer; answers with its ARN. */
  async layer(name: string): Promise<string> {
    const { LayerVersionArn = '' } = await this.client.send(
      new PublishLayerVersionCommand({ LayerName: name, Content: { ZipFile } }),
    );
    return LayerVersionArn;
  }

  async create(name: string, layers: readonly string[]): Promise<void> {
    await this.client.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Runtime: 'python3.13',
        Role: `arn:aws:iam::${deployedAccount}:role/${this.roleName}`,
        Handler: 'index.handler',
        Code: { ZipFile },
        Layers: [...layers],
      }),
    );
  }

  async layersOf(name: string): Promise<readonly string[]> {
    const { Layers = [] } = await this.client.send(
      new GetFunctionConfigurationCommand({ FunctionName: name }),
    );
    return Layers.flatMap(({ Arn }) => Arn ?? []);
  }

  async setLayers(name: string, layers: readonly string[]): Promise<void> {
    await this.client.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: name, Layers: [...layers] }),
    );
  }

  async deleteLayer(versionArn: string): Promise<void> {
    const [version = '', ...name] = versionArn.split(':').reverse();
    await this.client.send(
      new DeleteLayerVersionCommand({ LayerName: name.reverse().join(':'), VersionNumber: Number(version) }),
    );
  }

  /** Waits for a layer whose name begins like this; answers with its name. */
  async untilPublished(beginning: string): Promise<string> {
    return waitUntil({
      description: `a layer ${beginning}`,
      found: async () => {
        const { Layers = [] } = await this.client.send(new ListLayersCommand({}));
        return Layers.find(({ LayerName }) => LayerName?.startsWith(beginning))?.LayerName;
      },
    });
  }
}
