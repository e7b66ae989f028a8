import type { Entry, EventBuses } from '../events/event-buses.ts';
import { type Answer, json, type Request } from './exchange.ts';

/** The requests of an EventBridge client: the AWS JSON protocol, by a header, all to one path. */
export const isEventBridge = ({ headers }: Request): boolean =>
  headers['x-amz-target']?.startsWith('AWSEvents.') ?? false;

/** PutEvents takes 1 to 10 entries, of 1 MB together (EventBridge API reference, PutEvents; guide, quotas). */
const MOST_ENTRIES = 10;
const MOST_BYTES = 1_048_576;

/** PutEvents, the only EventBridge operation the stack's functions call. */
export const askEventBridge = async ({ headers, body }: Request, buses: EventBuses): Promise<Answer> => {
  const operation = headers['x-amz-target'];
  if (operation !== 'AWSEvents.PutEvents') return refuse('UnknownOperationException', `${operation} is not known here`);
  const { Entries = [] } = JSON.parse(body.toString('utf8')) as { Entries?: readonly Entry[] };
  if (Entries.length < 1 || Entries.length > MOST_ENTRIES) return refuse('ValidationException', 'a call has 1 to 10');
  if (Entries.reduce((sum, { Detail = '' }) => sum + Buffer.byteLength(Detail), 0) > MOST_BYTES) {
    return refuse('ValidationException', 'a call has at most 1 MB');
  }
  const unknown = Entries.find(({ EventBusName = 'default' }) => !buses.has(EventBusName));
  if (unknown) return refuse('ResourceNotFoundException', `there is no event bus ${unknown.EventBusName}`);
  const outcomes = Entries.map((entry) => buses.put(entry));
  return json(200, {
    FailedEntryCount: outcomes.filter((outcome) => 'ErrorCode' in outcome).length,
    Entries: outcomes,
  });
};

const refuse = (type: string, message: string): Answer => json(400, { __type: type, message });
