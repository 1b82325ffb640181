import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { environmentVariable } from '../contract';
import type { Clock, FindingExporter } from '../ports';
import { EventBusExporter } from './event-bus-exporter';
import { SecurityHubExporter } from './security-hub-exporter';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The exporters that a function's environment asks for. Signs with what the DynamoDB client found: the credentials of the
 * function's role, or those of the person who runs a command.
 */
export function exportersOf(
  environment: Environment,
  { config }: DynamoDBClient,
  region: string,
  clock: Clock,
): readonly FindingExporter[] {
  const [, partition = 'aws', , , account = ''] = (environment[environmentVariable.alertTopic] ?? '').split(
    ':',
  );
  const busArn = environment[environmentVariable.findingsBus];
  const props = (service: string) => ({
    region,
    credentials: config.credentials,
    sha256: config.sha256,
    endpoint: process.env[`AWS_ENDPOINT_URL_${service}`] ?? process.env['AWS_ENDPOINT_URL'],
  });
  return [
    ...(environment[environmentVariable.securityHub] === undefined
      ? []
      : [new SecurityHubExporter(props('SECURITYHUB'), { partition, region, account }, clock)]),
    ...(busArn === undefined
      ? []
      : [
          new EventBusExporter(
            { ...props('EVENTBRIDGE'), region: busArn.split(':')[3] ?? region },
            busArn,
            clock,
          ),
        ]),
  ];
}
