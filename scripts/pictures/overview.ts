import { arrow, box, type Kind, type Line, type Point, picture, type Rectangle, text } from './svg.ts';
import { idsOf, type Resources, wiredFunctions } from './wiring.ts';

const WIDTH = 980;
const [COLUMN, BOX, GAP] = [196, 156, 40];
const MARGIN = 20;
const ROWS = [66, 166, 266] as const;
const HEIGHT = 58;

/** A box in the grid of the picture; `columns` is how many it spans. */
const cell = (column: number, row: 0 | 1 | 2, columns = 1): Rectangle => ({
  x: MARGIN + column * COLUMN,
  y: ROWS[row],
  width: columns * BOX + (columns - 1) * GAP,
  height: HEIGHT,
});
const left = ({ x, y, height }: Rectangle): Point => [x, y + height / 2];
const right = ({ x, y, width, height }: Rectangle): Point => [x + width, y + height / 2];
const top = ({ x, y, width }: Rectangle, at = 0.5): Point => [x + width * at, y];
const bottom = ({ x, y, width, height }: Rectangle, at = 0.5): Point => [x + width * at, y + height];

/** The parts of the stack in a dozen boxes, as SVG, with what the synthesized template counts of each. */
export const drawOverview = (resources: Resources): string => {
  const functions = wiredFunctions(resources);
  const of = (capability: string) => functions.filter((one) => one.capability === capability);
  const topics = of('recording').filter(({ topic }) => topic !== undefined).length;
  const tables = idsOf(resources, 'AWS::DynamoDB::GlobalTable').length;
  const routes = idsOf(resources, 'AWS::ApiGatewayV2::Route').length - 1;
  const sendingQueues = new Set(of('sending').flatMap(({ queue }) => queue ?? [])).size;

  const ses = cell(0, 0);
  const sns = cell(1, 0);
  const sqs = cell(2, 0);
  const record = cell(3, 0);
  const table: Rectangle = { ...cell(4, 0), height: ROWS[1] - ROWS[0] + HEIGHT };
  const send = cell(0, 1);
  const queues = cell(1, 1);
  const accept = cell(2, 1);
  const query = cell(3, 1);
  const programs = cell(0, 2, 2);
  const api = cell(2, 2, 2);
  return picture(
    {
      title: 'How Mailtrail works',
      description:
        'Amazon SES publishes events to SNS topics. SQS queues carry them to Lambda functions, which record them in DynamoDB. Your front end reads statuses over an HTTP API. Mail that it sends goes through a queue to SES.',
      width: WIDTH,
      height: 346,
    },
    [
      text('How Mailtrail works', [MARGIN, 38], { size: 20, strong: true }),
      ...parts([
        [ses, 'service', 'Amazon SES', 'sends and reports'],
        [sns, 'topic', 'SNS', `${topics} event topics`],
        [sqs, 'queue', 'SQS', `${topics} queues`],
        [record, 'function', 'Lambda', 'records events'],
        [table, 'table', 'DynamoDB', `${tables} tables`],
        [send, 'function', 'Lambda', 'sends at SES’s rate'],
        [queues, 'queue', 'SQS', `${sendingQueues} sending queues`],
        [accept, 'function', 'Lambda', 'accepts mail'],
        [query, 'function', 'Lambda', 'answers queries'],
        [programs, 'service', 'Your front end', 'statuses, campaigns, suppressions'],
        [api, 'api', 'API Gateway', `HTTP API, ${routes} routes`],
      ]),
      arrow(right(ses), left(sns)),
      arrow(right(sns), left(sqs)),
      arrow(right(sqs), left(record)),
      arrow(right(record), [table.x, right(record)[1]]),
      arrow([table.x, right(query)[1]], right(query)),
      arrow(left(accept), right(queues)),
      arrow(left(queues), right(send)),
      arrow(top(send), bottom(ses)),
      arrow(top(api, BOX / 2 / api.width), bottom(accept)),
      arrow(bottom(query), top(api, 1 - BOX / 2 / api.width)),
      arrow([right(programs)[0], right(programs)[1] - 10], [left(api)[0], left(api)[1] - 10]),
      arrow([left(api)[0], left(api)[1] + 10], [right(programs)[0], right(programs)[1] + 10]),
    ],
  );
};

const parts = (all: readonly (readonly [Rectangle, Kind, string, string])[]): readonly string[] =>
  all.map(([at, kind, name, line]) => {
    const lines: readonly Line[] = [{ text: name, strong: true }, { text: line }];
    return box(at, kind, lines);
  });
