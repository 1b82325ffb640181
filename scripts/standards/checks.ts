import { EcsVersion } from '@elastic/ecs';
import { version as ajvVersion } from 'ajv/package.json';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import { asffOf } from '../../lambda/notification/asff';
import { ocsfOf } from '../../lambda/notification/ocsf';
import { problemsOfEcs } from './ecs-check';
import { indexTemplate } from './elastic-template';
import { findingSchema } from './finding-schema';
import { type PublishedStandard, pinnedVersion, problemsOfPublished } from './published-schemas';
import { problemsOfSchema } from './schema-check';

/** One standard that findings are written in, and what checks them. */
export interface StandardCheck {
  readonly standard: string;
  /** What publishes it, with its version. */
  readonly artefact: string;
  /** What of a finding is validated. */
  readonly render: (document: FindingDocument) => readonly unknown[];
  /** The problems of each document. */
  readonly validate: (documents: readonly unknown[]) => Promise<readonly (readonly string[])[]>;
}

const place = { partition: 'aws', region: 'eu-west-3', account: '123456789012' };
const now = new Date('2026-10-06T21:20:00Z');
const statuses = ['open', 'acknowledged', 'closed'] as const;

export function standardChecks(): readonly StandardCheck[] {
  const schema = findingSchema();
  const { mappings } = indexTemplate(schema).template;
  return [
    {
      standard: `ECS ${EcsVersion}`,
      artefact: `npm @elastic/ecs ${EcsVersion}`,
      render: (document) => [document],
      validate: async (documents) => documents.map((document) => problemsOfEcs(document, mappings)),
    },
    {
      standard: 'JSON Schema 2020-12',
      artefact: `docs/finding.schema.json, npm ajv ${ajvVersion}`,
      render: (document) => [document],
      validate: async (documents) => documents.map(problemsOfSchema),
    },
    {
      standard: 'OCSF 1.8.0 Detection Finding',
      artefact: `PyPI ocsf-json-schema ${pinnedVersion('ocsf-json-schema')}`,
      render: ocsfEvents,
      validate: published('ocsf'),
    },
    {
      standard: 'ASFF 2018-10-08',
      artefact: `PyPI botocore ${pinnedVersion('botocore')}`,
      render: asffFindings,
      validate: published('asff'),
    },
  ];
}

/** The events of an alert over its life. */
export function ocsfEvents(document: FindingDocument) {
  return (['create', 'update', 'close'] as const).map((activity, index) =>
    ocsfOf(withStatus(document, index), activity, now),
  );
}

/** The finding as it is imported when the alert is new, and when it is decided. */
export function asffFindings(document: FindingDocument) {
  return statuses.map((_, index) => asffOf(withStatus(document, index), place, now));
}

function withStatus(document: FindingDocument, index: number): FindingDocument {
  return { ...document, layerwatch: { ...document.layerwatch, status: statuses[index] ?? 'open' } };
}

function published(standard: PublishedStandard): StandardCheck['validate'] {
  return (documents) => problemsOfPublished(standard, documents);
}
