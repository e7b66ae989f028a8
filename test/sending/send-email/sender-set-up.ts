import { afterAll, beforeAll, beforeEach } from 'vitest';
import { mailing, senderOn, type TestedSender } from './sender.ts';

type SetUp = {
  on: TestedSender;
  /** Accepts another email each time, to the same address. */
  accept: (over?: Parameters<TestedSender['accept']>[1]) => ReturnType<TestedSender['accept']>;
  /** A new id. */
  newId: () => string;
};

/** For the tests of a `describe`: one sender on an engine with a started mailing, cleared after each test. */
export const senderSetUp = (endpoint: string): SetUp => {
  let email = 0;
  const setUp = { newId: () => `email-${email++}` } as SetUp;
  setUp.accept = (over = {}) => setUp.on.accept('ann@example.com', { messageId: setUp.newId(), ...over });
  beforeAll(async () => {
    setUp.on = await senderOn(endpoint);
    await setUp.on.put(mailing());
  });
  beforeEach(() => setUp.on.forget());
  afterAll(() => setUp.on.drop());
  return setUp;
};
