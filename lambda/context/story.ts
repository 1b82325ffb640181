import type { EarlierPublish, StoryContext } from '../detection/context-document';
import { actorKey } from '../detection/identity';
import { type DeniedAttempt, entityKey } from '../detection/state-query';
import { formatDuration } from '../text/format';
import { displayName } from '../text/untrusted-text';
import type { ChangeStep, ChangeSubject } from './context-step';

export const storyStep: ChangeStep = { name: 'story', run: (subject) => ({ story: describeStory(subject) }) };

const dayMilliseconds = 86_400_000;

/** What led to the call: who published its layers and when, and what the actor was denied in the day before. */
export function describeStory(subject: ChangeSubject): StoryContext {
  const time = subject.record.eventTime;
  if (time === undefined) throw new Error('the record has no time to compare with');
  const publishes = publishesBefore(subject, time);
  const denied = deniedBefore(subject.snapshot.denied, time);
  const errors = [...new Set(denied.map(({ errorCode }) => errorCode))].sort();
  return {
    publishes,
    denied_attempts: denied.length,
    denied_errors: errors,
    words: [...publishes.map(describePublish), ...describeDenials(denied.length, errors)],
  };
}

function publishesBefore({ record, change, snapshot }: ChangeSubject, time: Date): readonly EarlierPublish[] {
  const actor = actorKey(record.identity);
  const isNew = (kind: string) => kind === 'added' || kind === 'version-changed' || kind === 'set';
  return change.layers.flatMap(({ arn, change: kind }) => {
    const mark =
      arn === undefined || !isNew(kind) ? undefined : snapshot.entities.get(entityKey.published(arn));
    if (arn === undefined || mark === undefined || Date.parse(mark.firstSeen) > time.getTime()) return [];
    const milliseconds = time.getTime() - Date.parse(mark.firstSeen);
    return [
      {
        arn,
        published: mark.firstSeen,
        minutes_before: Math.floor(milliseconds / 60_000),
        by_same_actor: mark.actor === actor,
      },
    ];
  });
}

function deniedBefore(denied: readonly DeniedAttempt[], time: Date): readonly DeniedAttempt[] {
  return denied.filter((attempt) => {
    const before = time.getTime() - Date.parse(attempt.time);
    return before >= 0 && before <= dayMilliseconds;
  });
}

function describePublish({ arn, minutes_before, by_same_actor }: EarlierPublish): string {
  const layer = displayName(arn.split(':').slice(6).join(':'));
  const who = by_same_actor ? 'the same actor' : 'another actor';
  return `${layer} was published ${formatDuration(minutes_before)} before by ${who}`;
}

function describeDenials(count: number, errors: readonly string[]): readonly string[] {
  if (count === 0) return [];
  const times = count === 1 ? '1 denied attempt' : `${count} denied attempts`;
  return [`${times} by this actor in the day before (${errors.map(displayName).join(', ')})`];
}
