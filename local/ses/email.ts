import type { Tags } from './message-tags.ts';
import type { Destination, Mailbox } from './recipient.ts';

export type Header = Readonly<{ name: string; value: string }>;

/** An email's content, read from any of the three forms of a request. */
export type Content = Readonly<{
  /** In order, as written, repeats included. */
  headers: readonly Header[];
  /** Decoded; undefined if the email has none. */
  subject: string | undefined;
  html: string | undefined;
  text: string | undefined;
  /** A template is rendered after Send is published: Send then has no subject. */
  rendered: boolean;
  /** Why a template cannot be rendered, in SES's wording. */
  renderingFailure: Readonly<{ errorMessage: string; templateName: string }> | undefined;
  /** Whether an attachment is the EICAR test file, which every virus scanner reports. */
  infected: boolean;
}>;

/** An email SES has accepted. */
export type Email = Readonly<{
  messageId: string;
  /** Milliseconds since 1970. */
  acceptedAt: number;
  /** The From, as written. */
  source: string;
  replyTo: readonly string[];
  destination: Destination;
  recipients: readonly Mailbox[];
  content: Content;
  configurationSet: string | undefined;
  /** The sender's tags, without SES's own. */
  tags: Tags;
  tracksOpens: boolean;
  tracksClicks: boolean;
}>;
