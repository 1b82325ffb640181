import { properties } from './properties';

const cases = 2_000;

describe('hostile records', () => {
  test.each(properties.map((property) => [property.name, property] as const))(
    '%s',
    async (_, { run, share }) => {
      await run(Math.ceil(cases * share));
    },
  );
});
