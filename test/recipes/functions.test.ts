import { kinds, type MessageKind, publishedMessages, sampleFinding, snsEvent } from './messages';
import { invoke, type Product, type Received, shownOn, startProduct } from './run-recipe';

interface Recipe {
  readonly name: string;
  /** What has to be set; `url` is the product's address. */
  readonly env: (url: string) => Readonly<Record<string, string>>;
  readonly answers?: (request: Received) => object;
  /** Of the request that brings the alert. */
  readonly path: string;
  readonly authorization?: string;
}

const recipes: readonly Recipe[] = [
  {
    name: 'pagerduty',
    env: (url) => ({ PAGERDUTY_URL: `${url}/v2/enqueue`, PAGERDUTY_ROUTING_KEY: 'R0123456789' }),
    path: '/v2/enqueue',
  },
  {
    name: 'opsgenie',
    env: (url) => ({ OPSGENIE_URL: `${url}/v2/alerts`, OPSGENIE_KEY: 'key' }),
    path: '/v2/alerts',
    authorization: 'GenieKey key',
  },
  {
    name: 'jira',
    env: (url) => ({ JIRA_URL: url, JIRA_PROJECT: 'SEC', JIRA_EMAIL: 'ana@example.com', JIRA_TOKEN: 't' }),
    answers: ({ path }) => (path.endsWith('/search/jql') ? { issues: [] } : { key: 'SEC-1' }),
    path: '/rest/api/3/issue',
    authorization: `Basic ${Buffer.from('ana@example.com:t').toString('base64')}`,
  },
  { name: 'teams', env: (url) => ({ TEAMS_URL: `${url}/workflow` }), path: '/workflow' },
  {
    name: 'splunk',
    env: (url) => ({ SPLUNK_URL: url, SPLUNK_TOKEN: 'token' }),
    path: '/services/collector/event',
    authorization: 'Splunk token',
  },
  {
    name: 'sentinel',
    env: (url) => ({
      AZURE_TENANT: 'tenant',
      AZURE_CLIENT_ID: 'client',
      AZURE_CLIENT_SECRET: 'secret',
      INGESTION_URL: url,
      RULE_ID: 'dcr-0123',
      LOGIN_URL: url,
    }),
    answers: ({ path }) => (path.startsWith('/tenant/oauth2/') ? { access_token: 'access' } : {}),
    path: '/dataCollectionRules/dcr-0123/streams/Custom-Layerwatch_CL?api-version=2023-01-01',
    authorization: 'Bearer access',
  },
];

const finding = sampleFinding();
const messages = publishedMessages(finding);

async function deliver(recipe: Recipe, kind: MessageKind, product: Product) {
  return invoke(recipe.name, snsEvent((await messages)[kind]), recipe.env(product.url));
}

function startOf({ answers = () => ({}) }: Recipe, status?: number): Promise<Product> {
  return startProduct((request) => ({ body: answers(request), ...(status === undefined ? {} : { status }) }));
}

/** The whole finding is on a page of its own. */
function shown(body: unknown): string {
  const replaced = (_: string, value: unknown) =>
    typeof value === 'object' && value !== null && 'ecs' in value ? 'the finding' : value;
  return JSON.stringify(body, replaced, 2);
}

describe.each(recipes)('the recipe of $name', (recipe) => {
  test('given an alert, then what arrives is what the page shows', async () => {
    const product = await startOf(recipe);
    expect(await deliver(recipe, 'alert', product)).toMatchObject({ status: 0, stderr: '' });
    const [received] = product.received.filter(({ path }) => path === recipe.path);
    expect(received?.headers['authorization']).toBe(recipe.authorization);
    const body = shown(received?.body);
    expect(JSON.parse(shownOn(recipe.name, 'json', body))).toEqual(JSON.parse(body));
  });

  test.each(kinds)('given a message of the kind %s, then it arrives', async (kind) => {
    const product = await startOf(recipe);
    expect(await deliver(recipe, kind, product)).toMatchObject({ status: 0, stderr: '' });
    expect(product.received.at(-1)?.path).toBe(recipe.path);
  });

  test('given a product that refuses it, then the function fails, so that Lambda tries again', async () => {
    const product = await startOf(recipe, 503);
    const { status, stderr } = await deliver(recipe, 'alert', product);
    expect(status).not.toBe(0);
    expect(stderr).toContain('answered 503');
  });
});

test('given an issue of the alert, then Jira gets a comment in the place of a second issue', async () => {
  const [recipe] = recipes.filter(({ name }) => name === 'jira');
  if (recipe === undefined) throw new Error('no recipe');
  const product = await startOf({ ...recipe, answers: () => ({ issues: [{ key: 'SEC-7' }] }) });
  await deliver(recipe, 'alert', product);
  expect(product.received.map(({ path }) => path)).toEqual([
    '/rest/api/3/search/jql',
    '/rest/api/3/issue/SEC-7/comment',
  ]);
});

describe('the recipe of a function of your own', () => {
  const environment = (url: string) => ({
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'eu-west-3',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
  });

  test('given a layer of an unknown account, then the function is stopped', async () => {
    const product = await startProduct(() => ({}));
    const { status, stdout } = await invoke(
      'lambda',
      snsEvent((await messages).alert),
      environment(product.url),
    );
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: 'stopped arn:aws:lambda:eu-west-3:123456789012:function:payments\n',
    });
    const [{ path, body } = { path: '', body: undefined }] = product.received;
    const call = { path: decodeURIComponent(path), body };
    expect(JSON.parse(shownOn('lambda', 'json', shown(call)))).toEqual(call);
  });

  test.each(['digest', 'gap', 'plain'] as const)(
    'given a message of the kind %s, then nothing is stopped',
    async (kind) => {
      const product = await startProduct(() => ({}));
      const { status } = await invoke('lambda', snsEvent((await messages)[kind]), environment(product.url));
      expect({ status, received: product.received }).toEqual({ status: 0, received: [] });
    },
  );
});
