import { closeAfterwards, closeScope } from './open-resources';

describe('what a test opened', () => {
  test('given several, when the test is over, then the newest is closed first', async () => {
    const closed: string[] = [];
    for (const name of ['database', 'server']) closeAfterwards(() => closed.push(name));
    await closeScope('test');
    expect(closed).toEqual(['server', 'database']);
  });

  test('given one that the test closed itself, then it is not closed again', async () => {
    let count = 0;
    const close = closeAfterwards(() => count++);
    await close();
    await close();
    await closeScope('test');
    expect(count).toBe(1);
  });

  test('given one that cannot be closed, then the others are closed', async () => {
    let isClosed = false;
    closeAfterwards(() => {
      isClosed = true;
    });
    closeAfterwards(() => Promise.reject(new Error('busy')));
    await expect(closeScope('test')).rejects.toMatchObject({ errors: [new Error('busy')] });
    expect(isClosed).toBe(true);
  });
});

describe('what a beforeAll opened', () => {
  let isOpen = false;
  beforeAll(() => {
    isOpen = true;
    closeAfterwards(() => {
      isOpen = false;
    });
  });

  test.each(['first', 'second'])('is still open in the %s test', () => {
    expect(isOpen).toBe(true);
  });
});

const openedByTest = { isOpen: false };

describe('the end of a test', () => {
  afterAll(() => expect(openedByTest.isOpen).toBe(false));

  test('closes what is left open', () => {
    openedByTest.isOpen = true;
    closeAfterwards(() => {
      openedByTest.isOpen = false;
    });
  });
});
