import { type Cell, cellsOf } from './flow-cells.ts';
import { arrow, box, heightOf, type Kind, panel, picture, type Rectangle, text, wrapped } from './svg.ts';
import { type Capability, idsOf, type Resources, tableName, type WiredFunction, wiredFunctions } from './wiring.ts';

/** Headings, in the order of the picture. */
const CAPABILITIES: Readonly<Record<Capability, string>> = {
  recording: 'Recording: what SES reports about each email',
  sending: 'Sending',
  'public-links': 'Public links in sent emails',
  'query-api': 'Query API',
  'campaign-counts': 'Campaign counts',
  'suppression-sync': "Sync with SES's suppression list",
  erasure: 'Erasure of a person',
  'status-events': 'Status events, with the setting statusEvents',
};

const WIDTH = 980;
const MARGIN = 20;
const GAP = 22;
/** Columns: what invokes a function, its queue, the function, and what it uses. */
const COLUMNS = [
  { x: 36, width: 190 },
  { x: 248, width: 194 },
  { x: 464, width: 194 },
  { x: 680, width: 264 },
] as const;
const STACKED = 6;
const BETWEEN_LANES = 10;

/** The parts of the stack and how they are connected, as SVG. Deterministic: only the template decides. */
export const drawFlow = (resources: Resources): string => {
  const functions = wiredFunctions(resources);
  const shapes = [...overview(resources)];
  let y = 156;
  for (const [capability, heading] of Object.entries(CAPABILITIES)) {
    const lanes = functions.filter((one) => one.capability === capability).map((one) => lane(one));
    if (lanes.length === 0) continue;
    const height = 40 + lanes.reduce((sum, one) => sum + one.height + BETWEEN_LANES, 0) + 6;
    shapes.push(panel({ x: MARGIN, y, width: WIDTH - 2 * MARGIN, height }, heading));
    let top = y + 40;
    for (const one of lanes) {
      shapes.push(one.draw(top));
      top += one.height + BETWEEN_LANES;
    }
    y += height + 16;
  }
  const tables = tablesPanel(resources, y);
  return picture(
    {
      title: 'How Mailtrail works on AWS',
      description:
        'SES publishes events to SNS topics; SQS queues carry them to Lambda functions, which write DynamoDB tables; API Gateway answers from those. One row for each function, grouped by capability: what invokes it, its queue, the function, and what it uses.',
      width: WIDTH,
      height: y + tables.height + MARGIN,
    },
    [...shapes, ...tables.shapes],
  );
};

/** The way of an event in six boxes, which are the key to the colours too. */
const overview = (resources: Resources): readonly string[] => {
  const count = (type: string) => idsOf(resources, type).length;
  const functions = wiredFunctions(resources);
  const having = (part: 'topic' | 'queue') => functions.filter((one) => one[part] !== undefined).length;
  const steps: readonly (readonly [Kind, string, string])[] = [
    ['service', 'Amazon SES', 'sends, reports'],
    ['topic', 'SNS', `${having('topic')} event topics`],
    ['queue', 'SQS', `${having('queue')} queues`],
    ['function', 'Lambda', `${count('AWS::Lambda::Function')} functions`],
    ['table', 'DynamoDB', `${count('AWS::DynamoDB::GlobalTable')} tables`],
    ['api', 'API Gateway', `${count('AWS::ApiGatewayV2::Route') - 1} routes`],
  ];
  const width = (WIDTH - 2 * MARGIN - (steps.length - 1) * GAP) / steps.length;
  return [
    text('How Mailtrail works on AWS', [MARGIN, 38], { size: 20, strong: true }),
    ...steps.flatMap(([kind, name, line], index) => {
      const x = MARGIN + index * (width + GAP);
      const lines = [{ text: name, strong: true }, { text: line }];
      const shape = box({ x, y: 56, width, height: heightOf(2) }, kind, lines);
      return index === 0 ? [shape] : [arrow([x - GAP + 2, 83], [x - 2, 83]), shape];
    }),
    ...['Invoked by', 'Queue', 'Function', 'Uses'].map((heading, column) =>
      text(heading, [COLUMNS[column]?.x ?? 0, 142], { size: 13, strong: true, muted: true }),
    ),
  ];
};

const heightOfCell = (cell: Cell): number =>
  cell.reduce((sum, { lines }) => sum + heightOf(lines.length), 0) + Math.max(0, cell.length - 1) * STACKED;

/** The row of a function, to be drawn from a height on. */
const lane = (one: WiredFunction) => {
  const cells = cellsOf(
    one,
    COLUMNS.map(({ width }) => width),
  );
  const height = Math.max(...cells.map(heightOfCell));
  const draw = (top: number): string => {
    const middle = top + height / 2;
    const placed = cells.map((cell, column) =>
      place(cell, COLUMNS[column] ?? COLUMNS[0], middle - heightOfCell(cell) / 2),
    );
    const shapes = placed.flatMap((boxes, column) =>
      boxes.map((each, index) =>
        box(each, cells[column]?.[index]?.kind ?? 'service', cells[column]?.[index]?.lines ?? []),
      ),
    );
    return [...shapes, ...connections(placed, middle)].join('\n');
  };
  return { height, draw };
};

const place = (cell: Cell, { x, width }: Readonly<{ x: number; width: number }>, top: number): readonly Rectangle[] => {
  let y = top;
  return cell.map(({ lines }) => {
    const height = heightOf(lines.length);
    const rectangle = { x, y, width, height };
    y += height + STACKED;
    return rectangle;
  });
};

/** Arrows from each column to the next one that has boxes; they fork where there are several. */
const connections = (placed: readonly (readonly Rectangle[])[], middle: number): readonly string[] => {
  const columns = placed.filter((boxes) => boxes.length > 0);
  return columns.slice(1).flatMap((targets, index) => {
    const sources = columns[index] ?? [];
    return sources.flatMap((source) => targets.map((target) => connection(source, target, middle)));
  });
};

const connection = (source: Rectangle, target: Rectangle, middle: number): string => {
  const start = source.x + source.width + 1;
  const end = target.x - 2;
  const from = source.y + source.height / 2;
  const to = target.y + target.height / 2;
  if (from === to) return arrow([start, from], [end, to]);
  // Forks and joins stand at half of the gap beside the column of several boxes.
  const bend = from === middle ? target.x - GAP / 2 : start - 1 + GAP / 2;
  return arrow([start, from], [bend, from], [bend, to], [end, to]);
};

/** Tables with their keys and indexes, three in a row. */
const tablesPanel = (resources: Resources, y: number) => {
  const width = (WIDTH - 2 * MARGIN - 32 - 2 * GAP) / 3;
  const tables = idsOf(resources, 'AWS::DynamoDB::GlobalTable').map((id) => {
    const { KeySchema, GlobalSecondaryIndexes = [] } = resources[id]?.Properties ?? {};
    const names = (list: readonly Readonly<Record<string, string>>[], name: string) =>
      list.map((one) => one[name]).join(', ');
    const indexes = names(GlobalSecondaryIndexes, 'IndexName');
    return [
      { text: tableName(id), strong: true },
      ...wrapped(`key: ${names(KeySchema, 'AttributeName')}`, width),
      ...(indexes === '' ? [] : wrapped(`indexes: ${indexes}`, width)),
    ];
  });
  const shapes: string[] = [];
  let top = y + 40;
  for (let first = 0; first < tables.length; first += 3) {
    const row = tables.slice(first, first + 3);
    const height = heightOf(Math.max(...row.map(({ length }) => length)));
    shapes.push(
      ...row.map((lines, index) => box({ x: 36 + index * (width + GAP), y: top, width, height }, 'table', lines)),
    );
    top += height + BETWEEN_LANES;
  }
  const height = top - y + 6;
  return { height, shapes: [panel({ x: MARGIN, y, width: WIDTH - 2 * MARGIN, height }, 'DynamoDB tables'), ...shapes] };
};
