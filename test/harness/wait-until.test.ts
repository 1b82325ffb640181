import { waitUntil } from './wait-until';

test('given something that comes later, then it is the answer', async () => {
  let asked = 0;
  const found = () => (++asked === 3 ? 'there' : undefined);
  expect(await waitUntil({ description: 'it', found })).toBe('there');
});

test('given something that can no longer come, then the error says what was waited for and why', async () => {
  const waiting = waitUntil({
    description: 'an answer',
    found: () => false,
    givenUp: () => 'the server has ended',
  });
  await expect(waiting).rejects.toThrow('waited in vain for an answer: the server has ended');
});
