import { emailOf } from '../../lambda/notification/email';
import { slackOf } from '../../lambda/notification/slack';
import { subjectOf } from '../../lambda/notification/subject';
import { findingOf } from '../fixtures/finding';
import { givenUpdate, layerVersion } from '../fixtures/records';

/**
 * Names and descriptions reach the message, so they may try to forge a line, to mention everybody, to turn the reading
 * direction, or to hide. It fails: each medium shows them as text of one line.
 */
const names = [
  'payments\r\nWhy low (0 points)',
  'payments\u202Etxt.exe',
  '<!channel> <@U0123> *all clear*',
  'payments\u200b\u2060\ufeff',
  '```\nUndo',
  'LOW: all clear (sandbox)',
];

test.each(names)('given the function name %j, then no medium takes it for more than text', (functionName) => {
  const layer = layerVersion('x', 1, '999988887777');
  const record = givenUpdate([layer], {
    requestParameters: { functionName, layers: [layer], description: functionName },
    responseElements: null,
    userAgent: functionName,
  });
  const document = findingOf(record);
  const email = emailOf(document, {});
  expect(email.split('\n').filter((line) => /^(Why|Undo)\b/.test(line))).toHaveLength(2);
  expect(email).not.toMatch(/[\u202e\u200b\u2060\ufeff\r]/);
  const slack = JSON.parse(slackOf(document, {})) as { content: { title: string; description: string } };
  expect(slack.content.description).not.toMatch(/<[!@]/);
  expect(slack.content.title).not.toMatch(/[<>@*`]/);
  expect(subjectOf(document)).toMatch(/^HIGH: unknown layer on [^()\r\n]+ \(123456789012\)$/);
});
