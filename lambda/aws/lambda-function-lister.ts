import {
  InvalidParameterValueException,
  type LambdaClient,
  ListFunctionsCommand,
  type ListFunctionsCommandOutput,
} from '@aws-sdk/client-lambda';
import { InvalidMarkerError } from '../errors';
import type { FunctionLister, ListedFunction } from '../sweep/ports';

/** Lambda answers with 50 functions at most (ListFunctions). */
const pageSize = 50;

/** Lists functions by Lambda's API; only `$LATEST` of each, because published versions cannot change. */
export class LambdaFunctionLister implements FunctionLister {
  constructor(private readonly client: LambdaClient) {}

  async page(marker: string | undefined): ReturnType<FunctionLister['page']> {
    const { Functions = [], NextMarker } = await this.list(marker);
    return { functions: Functions.flatMap(listedOf), next: NextMarker };
  }

  private async list(marker: string | undefined): Promise<ListFunctionsCommandOutput> {
    try {
      return await this.client.send(
        new ListFunctionsCommand({
          MaxItems: pageSize,
          ...(marker === undefined ? {} : { Marker: marker }),
        }),
      );
    } catch (error) {
      if (marker !== undefined && error instanceof InvalidParameterValueException)
        throw new InvalidMarkerError({ cause: error });
      throw error;
    }
  }
}

type Listed = NonNullable<ListFunctionsCommandOutput['Functions']>[number];

/** A function that cannot be placed in time gets no baseline: its next change is of unknown before. */
function listedOf({ FunctionArn, Layers = [], LastModified, RevisionId }: Listed): readonly ListedFunction[] {
  const lastModified = Date.parse(LastModified ?? '');
  if (FunctionArn === undefined || Number.isNaN(lastModified)) return [];
  return [
    {
      arn: FunctionArn,
      layers: Layers.flatMap(({ Arn }) => Arn ?? []),
      lastModified,
      revisionId: RevisionId,
    },
  ];
}
