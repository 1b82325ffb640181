import { defineCommand } from '../../define-command';
import { alertIdArgument, alertIdsArgument } from '../../options';
import { assignArguments, assignOptions } from './assign-options';
import { closeOptions, showOptions, triageOptions } from './options';

const exitCodes = { 0: 'done', 1: 'not done, or not for each alert', 130: 'ended by Ctrl-C' };

export const showCommand = defineCommand({
  name: 'show',
  description: 'Shows one alert as its email does, with its status and history.',
  arguments: [alertIdArgument],
  options: showOptions,
  callsAws: true,
  examples: [
    ['layerwatch show b779bd22633d'],
    ['layerwatch show b779bd22633d --record'],
    ['layerwatch show b779bd22633d --json | jq .layerwatch.risk'],
  ],
  exitCodes: { 0: 'done', 1: 'not done' },
  load: (): typeof import('./run-show') => require('./run-show'),
});

const notes =
  'The alert keeps who decided (as AWS STS names the caller), when and why. The decision is refused where another person was first, or the alert changed meanwhile. In place of ids, a filter selects alerts, as in layerwatch alerts; they are shown and counted before a question.';

const loadTriage = (): typeof import('./run-triage') => require('./run-triage');

/** The commands that change an alert's status. */
export const triageCommands = [
  defineCommand({
    name: 'ack',
    description: 'Acknowledges alerts: you have seen them and work on them.',
    arguments: [alertIdsArgument],
    options: triageOptions,
    callsAws: true,
    examples: [
      ['layerwatch ack b779bd22633d'],
      ['layerwatch ack b779bd22633d --reason "asking the platform team"'],
      ['layerwatch alerts --status open --json | layerwatch ack -'],
    ],
    notes,
    exitCodes,
    load: () => ({ run: loadTriage().triage('acknowledge') }),
  }),
  defineCommand({
    name: 'close',
    description: 'Closes alerts. A higher band or a new attach of the layer opens an alert again.',
    arguments: [alertIdsArgument],
    options: closeOptions,
    callsAws: true,
    examples: [
      ['layerwatch close b779bd22633d --reason "planned rollout, change 4711"'],
      ['layerwatch close --actor ci-deploy --since 24h --reason "planned rollout, change 4711"'],
    ],
    notes,
    exitCodes,
    load: () => ({ run: loadTriage().triage('close') }),
  }),
  defineCommand({
    name: 'reopen',
    description: 'Opens alerts again.',
    arguments: [alertIdsArgument],
    options: triageOptions,
    callsAws: true,
    examples: [['layerwatch reopen b779bd22633d --reason "the same role came back"']],
    notes,
    exitCodes,
    load: () => ({ run: loadTriage().triage('reopen') }),
  }),
];

export const assignCommand = defineCommand({
  name: 'assign',
  description: 'Names the person who works on an alert.',
  arguments: assignArguments,
  options: assignOptions,
  callsAws: true,
  examples: [['layerwatch assign b779bd22633d ana@example.com'], ['layerwatch assign b779bd22633d --nobody']],
  notes:
    'alerts and show name the person, and the history says who assigned it and when. The status stays as it is, and nobody is notified.',
  exitCodes: { 0: 'done', 1: 'not done' },
  load: (): typeof import('./run-assign') => require('./run-assign'),
});
