import fc from 'fast-check';
import { renderNotification } from '../../lambda/notification/message';
import { findingOf } from '../fixtures/finding';
import { givenPublish, givenUpdate, layerVersion } from '../fixtures/records';

const foreign = layerVersion('boto-utils', 3, '999988887777');

interface SlackMessage {
  readonly version: string;
  readonly source: string;
  readonly content: {
    readonly title: string;
    readonly description: string;
    readonly nextSteps: readonly string[];
  };
  readonly metadata: { readonly threadId: string };
}

function slack(document = findingOf(givenUpdate([foreign]))): SlackMessage {
  return JSON.parse(renderNotification(document, {}).bodies['https'] ?? '') as SlackMessage;
}

/** What Slack reads as markup: everything outside of inline code, code blocks and our own links. */
function outsideCode(description: string): string {
  return description.replace(/```[^`]*```|`[^`]*`|<https:\/\/[a-z0-9.-]+\/[^>|]*\|[A-Za-z ]+>/g, '');
}

describe('the Slack message', () => {
  test('given an alert, then it is a custom notification of schema 1.0, threaded by the alert', () => {
    const document = findingOf(givenUpdate([foreign]));
    expect(slack(document)).toMatchObject({
      version: '1.0',
      source: 'custom',
      content: { textType: 'client-markdown' },
      metadata: { threadId: document.layerwatch.alert_id },
    });
  });

  test('given an alert, then title and first line say what happened', () => {
    const { title, description } = slack().content;
    expect(title).toBe('HIGH: unknown layer on payments (123456789012)');
    expect(description.split('\n')[0]).toBe(
      '*Layer `boto-utils:3` from `unknown account 999988887777` was set on function `payments` (the layers before are not known) by `role ci-deploy` from `Brazil`.*',
    );
  });

  test.each([
    '<!channel>',
    '<@U012AB3CD>',
    '@here',
    '*bold*',
    '`code`',
    '<https://evil.example|Function>',
    '&lt;!channel&gt;',
    'https://evil.example',
  ])('given %s in every name, then Slack reads none of it', (hostile) => {
    const record = givenUpdate(
      [`arn:aws:lambda:eu-west-3:999988887777:layer:${hostile}:1`],
      { userAgent: hostile },
      `f${hostile}`,
    );
    const { description, title, nextSteps } = slack(findingOf(record)).content;
    expect(outsideCode(description)).not.toContain(hostile);
    expect(outsideCode(description)).not.toMatch(/<|evil|@/);
    expect(title).not.toMatch(/[<@*`]/);
    expect(outsideCode(nextSteps.join('\n'))).not.toMatch(/[<@*`]/);
  });

  test('given any text in names, then every length of Slack is kept and the backticks stay paired', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 3_000 });
    fc.assert(
      fc.property(anyText, anyText, (name, agent) => {
        const { content } = slack(findingOf(givenUpdate([foreign, name], { userAgent: agent }, name)));
        expect(content.description.length).toBeLessThanOrEqual(2_800);
        expect(content.title.length).toBeLessThanOrEqual(150);
        expect(outsideCode(content.description)).not.toContain('`');
      }),
      { numRuns: 50 },
    );
  });

  test('given a publish, then its undo command is in it', () => {
    expect(slack(findingOf(givenPublish('util', 3))).content.description).toContain(
      '```aws lambda delete-layer-version --region eu-west-3 --layer-name util --version-number 3```',
    );
  });
});
