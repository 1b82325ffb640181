import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stage } from 'aws-cdk-lib';
import { parseSettings } from '../../config/schema';
import { settingsFileName } from '../../lambda/contract';
import { stackOf } from './synthesis';

const configuration = {
  email: 'security@example.com',
  retentionDays: 30,
  accountNames: { '123456789012': 'production' },
  riskPoints: { 'root-user': 40 },
};

test('the file that goes beside the code is a configuration that the detector reads back, without what only the stack needs', () => {
  const folder = Stage.of(stackOf(configuration))?.outdir ?? '';
  const [settings = ''] = readdirSync(folder).filter((name) => name.startsWith('settings.'));
  const text = readFileSync(join(folder, settings, settingsFileName), 'utf8');
  const expected = parseSettings(configuration, '2026-11-23').detection;
  expect(parseSettings(JSON.parse(text), '2026-11-23')).toEqual({ detection: expected, stack: {} });
  expect(text).not.toContain('security@example.com');
});
