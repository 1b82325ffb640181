import type { Argument } from './aws-command';
import { isFunctionName, isTrailOrRuleName } from './aws-grammar';
import type { Asked, Target } from './call';
import { forgedAction } from './forged';
import { commandOf, type Undo } from './undo-command';

type Tampering = Extract<Asked, { readonly kind: 'tampering' }>;

/** A deployment restores nothing where the template is unchanged; one that looks for drift does (AWS CDK, `cdk deploy`). */
const revertDrift: Undo = {
  commands: ['npx cdk deploy --revert-drift'],
  note: 'in the folder of Layerwatch: restores the resources of its stack',
};

/** What takes a call of tampering back, or shows what has to be restored. */
export function undoTampering({ type, name, region }: Target, { action, rule }: Tampering): Undo {
  if (action === forgedAction)
    return {
      commands: [],
      note: 'nothing of the event was believed; find what in that account puts events on the bus of the hub, and who may',
    };
  if (name === undefined) return { commands: [], note: 'the record does not name what the call is about' };
  if (type === 'trail') return undoOnTrail(action, bareName(name), region);
  if (action === 'DisableRule' && rule !== undefined)
    return commandOf('enables the rule again', ['events', 'enable-rule'], region, ruleArguments(rule));
  if (type === 'function' && action.startsWith('PutFunctionConcurrency'))
    return commandOf(
      'lets the function run again without a limit of its own',
      ['lambda', 'delete-function-concurrency'],
      region,
      [['--function-name', name, isFunctionName]],
    );
  return revertDrift;
}

/** Only a trail that was stopped can be put back by a command; for others the commands show what there is. */
function undoOnTrail(action: string, name: string, region: string | undefined): Undo {
  switch (action) {
    case 'StopLogging':
      return commandOf('starts the trail again', ['cloudtrail', 'start-logging'], region, [
        ['--name', name, isTrailOrRuleName],
      ]);
    case 'DeleteTrail':
      return commandOf(
        'shows the trails that are left; the owner of the trail has to create it again',
        ['cloudtrail', 'describe-trails'],
        region,
        [],
      );
    case 'PutEventSelectors':
      return commandOf(
        'shows which events the trail records now; its owner has to restore them',
        ['cloudtrail', 'get-event-selectors'],
        region,
        [['--trail-name', name, isTrailOrRuleName]],
      );
    default:
      return commandOf(
        'shows how the trail is set up now; its owner has to restore it',
        ['cloudtrail', 'get-trail'],
        region,
        [['--name', name, isTrailOrRuleName]],
      );
  }
}

/** Without the name of its bus a rule is looked for on the default one. */
function ruleArguments({ name, eventBusName }: NonNullable<Tampering['rule']>): readonly Argument[] {
  const bus = eventBusName === undefined ? 'default' : bareName(eventBusName);
  return [
    ['--name', bareName(name), isTrailOrRuleName],
    ...(bus === 'default' ? [] : ([['--event-bus-name', bus, isTrailOrRuleName]] as const)),
  ];
}

/** The name behind an ARN's last colon or slash. */
function bareName(name: string): string {
  return name.startsWith('arn:') ? (name.split(/[:/]/).at(-1) ?? name) : name;
}
