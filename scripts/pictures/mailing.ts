import { isEnded, MAILING_STATES, type MailingState } from '../../lambdas/domain/mailing/mailing.ts';
import { type CampaignMove, campaignMoves } from './campaign-moves.ts';
import { arrow, box, heightOf, type Kind, type Line, type Point, panel, picture, type Rectangle, text } from './svg.ts';

const WIDTH = 980;
const BOX = { width: 196, height: heightOf(3) };

/** Where each state stands, and what it means for the campaign's emails. */
const STATES: Readonly<Record<MailingState, Readonly<{ at: Point; kind: Kind; lines: readonly string[] }>>> = {
  planned: { at: [256, 126], kind: 'waiting', lines: ['needs no approval, starts', 'at sendAt or at once'] },
  pending_approval: { at: [256, 266], kind: 'waiting', lines: ['needsApproval is true:', 'waits for a person'] },
  approved: { at: [564, 266], kind: 'waiting', lines: ['starts at sendAt', 'or at once'] },
  started: { at: [744, 126], kind: 'good', lines: ['emails are queued', 'and sent'] },
  canceled: { at: [256, 408], kind: 'service', lines: ['a person stops it', 'before all of it is sent'] },
  quarantined: { at: [500, 408], kind: 'bad', lines: ['a person who may approve', 'refuses it'] },
  expired: { at: [744, 408], kind: 'service', lines: ['its time has passed before', 'all of it was queued'] },
};

const REQUEST: Rectangle = { x: 20, y: 196, ...BOX, width: 166 };
const NOT_ENDED: Rectangle = { x: 236, y: 88, width: 724, height: 256 };

/** The life of a campaign as SVG: its states, and the moves between them that the code allows. */
export const drawMailing = async (): Promise<string> => {
  const moves = await campaignMoves();
  const ends = MAILING_STATES.filter((state) => isEnded({ state }));
  return picture(
    {
      title: 'The life of a campaign',
      description: `The states of a campaign and its moves: ${moves.map(({ from, to, by }) => `${from} to ${to} by ${by}`).join('; ')}.`,
      width: WIDTH,
      height: 492,
    },
    [
      text('The life of a campaign', [20, 38], { size: 20, strong: true }),
      text('A thick border: the campaign has ended, and nothing more of it is sent.', [20, 64], {
        size: 13,
        muted: true,
      }),
      panel(NOT_ENDED, 'Not ended'),
      box(REQUEST, 'api', [{ text: 'New campaign', strong: true }, { text: 'POST /v1/campaigns' }]),
      ...MAILING_STATES.map((state) => stateBox(state)),
      ...begins(),
      ...moves.filter(({ to }) => !ends.includes(to)).map(moveArrow),
      ...ends.map((end) => endArrow(end, moves)),
    ],
  );
};

const rectangleOf = (state: MailingState): Rectangle => {
  const [x, y] = STATES[state].at;
  return { x, y, ...BOX };
};

const stateBox = (state: MailingState): string => {
  const { kind, lines } = STATES[state];
  const all: readonly Line[] = [{ text: state, strong: true }, ...lines.map((line) => ({ text: line }))];
  return box(rectangleOf(state), kind, all, isEnded({ state }));
};

/** A campaign begins in one of two states, by whether its request asks for approval. */
const begins = (): readonly string[] =>
  (['planned', 'pending_approval'] as const).map((state) => {
    const { x, y, height } = rectangleOf(state);
    const start = REQUEST.y + REQUEST.height / 2;
    const bend = (REQUEST.x + REQUEST.width + NOT_ENDED.x) / 2;
    return arrow(
      [REQUEST.x + REQUEST.width + 1, start],
      [bend, start],
      [bend, y + height / 2],
      [x - 2, y + height / 2],
    );
  });

const LABELS: Readonly<Record<CampaignMove['by'], string>> = {
  approve: 'approve',
  cancel: 'cancel',
  quarantine: 'quarantine',
  sendAt: 'sendAt',
  expiresAt: 'expiresAt',
};

/** A move between two states that are not ends: straight where they are in one row, else round a corner. */
const moveArrow = ({ from, to, by }: CampaignMove): string => {
  const [source, target] = [rectangleOf(from), rectangleOf(to)];
  const start: Point = [source.x + source.width + 1, source.y + source.height / 2];
  if (source.y === target.y) {
    return [arrow(start, [target.x - 2, start[1]]), labelAt((start[0] + target.x) / 2, start[1], by)].join('\n');
  }
  const corner = Math.max(target.x + target.width - 60, start[0] + 40);
  return [
    arrow(start, [corner, start[1]], [corner, target.y + target.height + 2]),
    labelAt(corner - 8, (start[1] + target.y + target.height) / 2 + 10, by, true),
  ].join('\n');
};

const labelAt = (x: number, y: number, by: CampaignMove['by'], end = false): string =>
  text(LABELS[by], [x, y - 8], { size: 13, ...(end ? { end } : { middle: true }) });

/**
 * The one arrow to an end that stands for the moves from all states that are none.
 * @throws Error where the code does not allow one of them: the picture would not be true
 */
const endArrow = (end: MailingState, moves: readonly CampaignMove[]): string => {
  const leading = moves.filter(({ to }) => to === end);
  const from = leading.map((move) => move.from);
  const missing = MAILING_STATES.filter((state) => isEnded({ state }) === from.includes(state));
  if (missing.length > 0)
    throw new Error(`a campaign that is ${missing.join(', ')} moves to ${end} otherwise than drawn`);
  const { x, y, width } = rectangleOf(end);
  const labels = [...new Set(leading.map(({ by }) => LABELS[by]))].join(', ');
  return [
    arrow([x + width / 2, NOT_ENDED.y + NOT_ENDED.height + 1], [x + width / 2, y - 3]),
    text(labels, [x + width / 2 + 10, y - 28], { size: 13 }),
  ].join('\n');
};
