import { account, layerVersion } from '../../fixtures/records';

type Fields = Readonly<Record<string, unknown>>;

/** Who calls, and from where. */
export interface Actor {
  readonly name: string;
  readonly fields: Fields;
}

function role(name: string, session: string, sourceIPAddress: string): Actor {
  return {
    name,
    fields: {
      sourceIPAddress,
      userIdentity: {
        type: 'AssumedRole',
        principalId: `AROA${name.toUpperCase()}:${session}`,
        arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
        accountId: account,
        accessKeyId: 'ASIAEXAMPLE000000001',
        sessionContext: {
          sessionIssuer: {
            type: 'Role',
            principalId: `AROA${name.toUpperCase()}`,
            arn: `arn:aws:iam::${account}:role/${name}`,
            accountId: account,
            userName: name,
          },
          attributes: { creationDate: '2026-10-06T06:00:00Z', mfaAuthenticated: 'false' },
        },
      },
    },
  };
}

function user(name: string, sourceIPAddress: string): Actor {
  return {
    name,
    fields: {
      sourceIPAddress,
      userIdentity: {
        type: 'IAMUser',
        principalId: `AIDA${name.toUpperCase()}`,
        arn: `arn:aws:iam::${account}:user/${name}`,
        accountId: account,
        accessKeyId: 'AKIAEXAMPLE000000002',
        userName: name,
      },
    },
  };
}

export const actors: readonly Actor[] = [
  role('ci-deploy', 'gh-run-812', '203.0.113.7'),
  role('terraform', 'plan-apply', '203.0.113.7'),
  user('eve', '198.51.100.24'),
];

export const functionNames: readonly string[] = ['payments', 'orders', 'refunds', 'search'];

/** A layer of each kind of owner: the own account, an unknown one, and a vendor's. */
const layers: readonly { readonly name: string; readonly owner: string }[] = [
  { name: 'base', owner: account },
  { name: 'util', owner: account },
  { name: 'boto-utils', owner: '999988887777' },
  { name: 'Datadog-Extension', owner: '464622532012' },
];

export const layerNames: readonly string[] = layers.map(({ name }) => name);

export function versionOf(name: string, version: number): string {
  const layer = layers.find((each) => each.name === name);
  return layerVersion(name, version, layer?.owner ?? account);
}

/** Addresses of the actors, by country. */
export const countries: ReadonlyMap<string, string> = new Map([
  ['203.0.113.7', 'IE'],
  ['198.51.100.24', 'BR'],
]);
