import { neighbourMatrix } from './dependency-faults';

test('given a fault of DynamoDB or SNS at any request, then in the end the alert is there, counted once, and told once', async () => {
  const cells = await neighbourMatrix();
  expect(cells.filter(({ lost, countExact }) => lost > 0 || !countExact)).toEqual([]);
  const repeated = cells.filter(({ notifications }) => notifications > 1);
  for (const { crash, notifications } of repeated) {
    expect(notifications).toBe(2);
    expect(crash).toMatch(/ at request 8$/);
  }
});
