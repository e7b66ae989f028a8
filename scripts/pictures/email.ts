import { type Group, ranksOf, STATUS_NAMES, STATUSES, type Status } from '../../lambdas/domain/status/statuses.ts';
import { arrow, box, heightOf, type Kind, type Line, panel, picture, text, wrapped } from './svg.ts';

/** What gives an email each status. From rank 100 on it is an event of SES, or one of Mailtrail's links. */
export const CAUSES_OF_STATUS: Readonly<Record<Status, string>> = {
  planned: 'Its campaign has a time to be sent',
  pending_approval: 'Its campaign waits for approval',
  approved: 'Its campaign is approved',
  queued: 'Accepted, waits for its turn',
  throttled: 'The send rate is used up',
  depleted: 'The quota of 24 hours is used up',
  sending: 'A worker claimed it to call SES',
  skipped: 'The request says not to send it',
  canceled_duplicate: 'Its campaign has the address already',
  canceled_unsubscribed: 'The recipient has unsubscribed',
  canceled: 'Its campaign was canceled',
  quarantined: 'Its campaign was quarantined',
  expired: 'Its time to be sent has passed',
  invalid_address: 'Checked before sending; Bounce of an address that is not valid',
  suppressed: 'Checked before sending; Bounce or Complaint that names a list',
  rejected: 'Reject: SES found a virus',
  failed_rendering: 'A value is missing; RenderingFailure',
  failed_sending: 'SES refused it, or its answer was lost',
  sent: 'Send; Bounce that reports a relay',
  deferred: 'DeliveryDelay; Bounce with a delay',
  delivered: 'Delivery',
  bounced_soft: 'Bounce, Transient',
  bounced_undetermined: 'Bounce, Undetermined',
  bounced_hard: 'Bounce, Permanent',
  opened: 'Open by a person',
  read: "Mailtrail's pixel in the email",
  clicked: 'Click by a person',
  unsubscribed: "Subscription; Mailtrail's own link",
  complained: 'Complaint',
};

const WIDTH = 980;
const BOX_WIDTH = 268;
const COLUMN = BOX_WIDTH + 32;
const GAP = 20;
const BETWEEN = 8;
const HEADING = 38;
const TOP = 84;
const columnX = (column: number): number => GAP + column * (COLUMN + GAP);

const KINDS: Readonly<Record<Group, Kind>> = {
  'before sending': 'waiting',
  'not attempted': 'service',
  'in transit': 'queue',
  delivered: 'good',
  'not delivered': 'bad',
  engaged: 'topic',
  complained: 'bad',
};

/** The life of an email as SVG: all statuses by group, with their ranks and what leads to them. */
export const drawEmail = (): string => {
  const before = placed('before sending', 0, TOP);
  const transit = placed('in transit', 1, TOP);
  const delivered = placed('delivered', 1, bottomOf(transit) + 2 * GAP);
  const engaged = placed('engaged', 1, bottomOf(delivered) + 2 * GAP);
  const bounced = placed('not delivered', 2, TOP);
  const complained = placed('complained', 2, bottomOf(engaged) - placed('complained', 2, 0).height);
  const notAttempted = placed('not attempted', 0, Math.max(bottomOf(before), bottomOf(engaged)) + 2 * GAP, 3);
  const groups = [before, transit, delivered, engaged, bounced, complained, notAttempted];
  const below = (upper: Placed, lower: Placed) =>
    arrow([middleOf(upper), bottomOf(upper) + 1], [middleOf(upper), lower.y - 2]);
  const across = (from: Placed, to: Placed, y: number) => arrow([from.x + from.width + 1, y], [to.x - 2, y]);
  return picture(
    {
      title: 'The life of an email',
      description: `The ${STATUS_NAMES.length} statuses of an email by group, with the rank of each, whether it is final, and what leads to it.`,
      width: WIDTH,
      height: bottomOf(notAttempted) + GAP,
    },
    [
      text('The life of an email', [GAP, 36], { size: 20, strong: true }),
      text(
        'The number is the rank: of all that is reported about an email, the highest rank gives its status. A thick border: final.',
        [GAP, 62],
        { size: 13, muted: true },
      ),
      ...groups.map(({ draw }) => draw()),
      across(before, transit, transit.y + transit.height / 2),
      below(transit, delivered),
      below(delivered, engaged),
      across(transit, bounced, transit.y + transit.height / 2),
      // A mail server may accept an email and return it later.
      arrow(
        [delivered.x + delivered.width + 1, delivered.y + delivered.height / 2],
        [middleOf(bounced), delivered.y + delivered.height / 2],
        [middleOf(bounced), bottomOf(bounced) + 2],
      ),
      across(engaged, complained, complained.y + complained.height / 2),
      // People report an email as spam whether or not its opens and clicks are known.
      arrow([middleOf(bounced), delivered.y + delivered.height / 2], [middleOf(bounced), complained.y - 2]),
      below(before, notAttempted),
      // SES reports after it accepted an email that it did not attempt it: Reject, RenderingFailure, a suppressed address.
      arrow(
        [transit.x - 1, bottomOf(transit) - 20],
        [transit.x - GAP / 2, bottomOf(transit) - 20],
        [transit.x - GAP / 2, notAttempted.y - 2],
      ),
    ],
  );
};

type Placed = Readonly<{ x: number; y: number; width: number; height: number; draw: () => string }>;

const bottomOf = ({ y, height }: Placed): number => y + height;
const middleOf = ({ x, width }: Placed): number => x + Math.min(width, COLUMN) / 2;

/** The panel of a group, its statuses in the order of their table, in so many columns. */
const placed = (group: Group, column: number, y: number, columns = 1): Placed => {
  const statuses = STATUS_NAMES.filter((status) => STATUSES[status].group === group);
  const rows = Array.from({ length: Math.ceil(statuses.length / columns) }, (_, row) =>
    statuses.slice(row * columns, (row + 1) * columns),
  );
  const heights = rows.map((row) => Math.max(...row.map((status) => heightOf(linesOf(status).length))));
  const x = columnX(column);
  const width = columns * COLUMN + (columns - 1) * GAP;
  const height = HEADING + heights.reduce((sum, each) => sum + each + BETWEEN, 0) + 8;
  const draw = (): string => {
    const shapes = [panel({ x, y, width, height }, headingOf(group))];
    let top = y + HEADING;
    rows.forEach((row, index) => {
      const rowHeight = heights[index] ?? 0;
      shapes.push(...row.map((status, cell) => statusBox(status, x + 16 + cell * (COLUMN + GAP), top, rowHeight)));
      top += rowHeight + BETWEEN;
    });
    return shapes.join('\n');
  };
  return { x, y, width, height, draw };
};

const headingOf = (group: Group): string => group.charAt(0).toUpperCase() + group.slice(1);

const linesOf = (status: Status): readonly Line[] => [
  { text: status, strong: true },
  ...wrapped(CAUSES_OF_STATUS[status], BOX_WIDTH),
];

const statusBox = (status: Status, x: number, y: number, height: number): string => {
  const { group, final } = STATUSES[status];
  const lines = linesOf(status);
  const nameY = y + (height - lines.length * 17) / 2 + 13;
  return [
    box({ x, y, width: BOX_WIDTH, height }, KINDS[group], lines, final),
    text(ranksOf(status).join('/'), [x + BOX_WIDTH - 9, nameY], { muted: true, end: true }),
  ].join('\n');
};
