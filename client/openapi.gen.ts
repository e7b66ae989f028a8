// Generated from lambdas/http/openapi.json by `npm run generate`. Do not edit.
export interface paths {
  '/v1/messages': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The log of all emails
     * @description Newest first, by when they were accepted. `from` and `to` are at most 31 days apart; without `to` the list ends now, without `from` it begins 7 days before `to`. `applied` has the window in force, and a cursor keeps it.
     */
    get: operations['listMessages'];
    put?: never;
    /**
     * Send a single message
     * @description For receipts and confirmations. It is checked, recorded and sent like an email of a campaign, at once; it belongs to no campaign.
     */
    post: operations['sendMessage'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/messages/{messageId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A message and its recipients
     * @description What happened to a message for each of its recipients, and events that cannot be attributed to one recipient.
     */
    get: operations['getMessage'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/messages/{messageId}/recipients/{email}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One email to one recipient
     * @description The status, and the events that explain it, oldest first.
     */
    get: operations['getEmailStatus'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/recipients/{email}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * An address
     * @description Whether it is suppressed, and the status of the newest email to it. For an unknown address the values are null.
     */
    get: operations['getRecipient'];
    put?: never;
    post?: never;
    /**
     * Erase a person
     * @description Deletes what is kept of all emails to the address that were accepted until now. It begins at once and continues after the answer, usually for seconds; about a quarter of an hour later a second pass deletes what was in transit. Events of these emails that come later are not recorded: a salted hash of the address is remembered for 61 days. Emails sent from now on are recorded like any other.
     *
     *     The numbers of campaigns stay as they were. So does the suppression, which keeps the address from being written to again, unless `suppression=erase`; SES's own list is not changed in either case. A repeated request erases again.
     */
    delete: operations['eraseRecipient'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/recipients/{email}/messages': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The emails to an address
     * @description Newest first, by when they were accepted. The list of an address nothing is known of is empty.
     */
    get: operations['listRecipientMessages'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/campaigns/{campaignId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The results of a campaign
     * @description Its recipients by status, opens and clicks, and rates. Counts follow the emails within seconds. They stay when emails expire. Emails that wait are counted by the campaign's state: `planned`, `canceled` and the like.
     */
    get: operations['getCampaign'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/campaigns/{campaignId}/recipients': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The emails of a campaign
     * @description By status, then by recipient; a page takes as long however many there are. The list of a campaign nothing is known of is empty. An email whose status changes between two pages may be on both or on neither.
     */
    get: operations['listCampaignRecipients'];
    put?: never;
    /**
     * Add recipients to a campaign
     * @description Up to 5,000 at once, until the campaign starts or is approved, so that the approver has seen all of them. Add the recipients of a large campaign page by page, with a `sendAt` ahead or with `needsApproval`.
     */
    post: operations['addRecipients'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/campaigns': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a campaign
     * @description Checks each recipient, records the result as the email's status, and sends the rest: at once, at `sendAt`, or once it is approved. Each recipient gets an email of their own.
     *
     *     Everything is checked before anything is stored: a 400 names every bad field. A recipient of the wrong shape (its `email` is no text, its `values` hold a list) is recorded, not sent and named in `errors`, and the others go; a request without a single right recipient is a 400. After any other error the same request, with the same Idempotency-Key, completes what was begun; a campaign is not started before it is complete. `from` must be of an identity that is verified at Amazon SES.
     */
    post: operations['sendCampaign'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/campaigns/{campaignId}/approve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Approve a campaign
     * @description It is sent at its time, or at once. A repeated request changes nothing.
     */
    post: operations['approveCampaign'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/campaigns/{campaignId}/quarantine': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Refuse a campaign
     * @description What was not sent yet is not sent, and shows as quarantined. A repeated request changes nothing.
     */
    post: operations['quarantineCampaign'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/campaigns/{campaignId}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel a campaign
     * @description What was not sent yet is not sent, and shows as canceled, even if sending has begun. A repeated request changes nothing.
     */
    post: operations['cancelCampaign'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/campaigns/{campaignId}/resend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send again what failed
     * @description Puts emails that are `failed_sending` back into the queue: those to the addresses given, those with the reason given, or those that are both. Nothing is sent again by itself: where the outcome is unknown, the recipient may have the email already.
     */
    post: operations['resendCampaign'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/suppressions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The suppression list
     * @description The addresses suppressed now, in no particular order. `from` and `to` go by `suppressedAt`.
     */
    get: operations['listSuppressions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/suppressions/check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Which of many addresses are suppressed, for all mail or a category of it
     * @description One entry for each address that was given, in their order. Nothing is changed. An entry that is no address has the result `invalid` and stops no other one; only a request that is wrong as a whole is a 400.
     *
     *     The answer is for bulk mail. With a `category` it is whether a bulk email of that category may be sent: addresses that left it, left everything or are suppressed for any other cause are `suppressed`, those that left only other categories are not. Without one every cause counts, also of single categories: check `categories`. With `transactional` it is whether a transactional message may be sent, which unsubscribing never stops.
     */
    post: operations['checkSuppressions'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/suppressions/import': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Suppress many addresses by hand
     * @description Adds the cause `manual` to each, as `PUT /v1/suppressions/{email}` does to one. Each entry has a result of its own: one that is wrong is `invalid`, with a message that describes a valid value, and one whose address came before in the list is `duplicate`; the others are stored all the same. Only a request that is wrong as a whole is a 400. After any other error some may be stored already; sending the same again completes it, and changes nothing of what was done.
     */
    post: operations['importSuppressions'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/suppressions/{email}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One suppression
     * @description Why an address must not be written to; 404 where it may.
     */
    get: operations['getSuppression'];
    /**
     * Suppress an address by hand
     * @description Adds the cause `manual`. Doing it again changes nothing; another note replaces the note, and the time stays.
     */
    put: operations['putSuppression'];
    post?: never;
    /**
     * Remove a suppression
     * @description Ends every cause in force but the recipient's own unsubscribing, and with `unsubscribe=true` that one too, from everything and from every category. Where nothing but unsubscribing is in force and it is not to be removed, nothing is changed and the answer is a 409. A cause that SES reports later suppresses the address again.
     */
    delete: operations['liftSuppression'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/suppressions/{email}/categories/{category}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Unsubscribe an address from a category
     * @description Adds the cause `unsubscribe` for bulk mail of one category, on behalf of the recipient. Doing it again changes nothing; another note replaces a note of staff's, and the time stays. Where the recipient unsubscribed from the category, that stays as it is.
     */
    put: operations['leaveCategory'];
    post?: never;
    /**
     * Subscribe an address to a category again
     * @description Ends that the address left one category, by a link, SES's contact list or staff. Nothing else ends: an address that also left everything, or is suppressed for another cause, still gets no mail of the category; check `remaining`. Only at the recipient's request.
     */
    delete: operations['liftCategory'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/statuses': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What the statuses mean
     * @description Every status with its label, meaning and next step in the vocabulary asked for.
     */
    get: operations['listStatuses'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/health': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Whether the store is reachable and receives events
     * @description Reads the time of the newest event from the store; 503 where it cannot be read. `newestEvent` is old if nothing was sent, and if events no longer arrive: compare it with the time when the club last sent.
     */
    get: operations['getHealth'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /**
     * Format: date-time
     * @description ISO 8601, UTC, with milliseconds.
     */
    Time: string;
    /**
     * @description Mailtrail's name of a status; `GET /v1/statuses` has the meaning and the next step of each.
     * @enum {string}
     */
    Status:
      | 'planned'
      | 'pending_approval'
      | 'approved'
      | 'queued'
      | 'throttled'
      | 'depleted'
      | 'sending'
      | 'skipped'
      | 'canceled_duplicate'
      | 'canceled_unsubscribed'
      | 'canceled'
      | 'quarantined'
      | 'expired'
      | 'invalid_address'
      | 'suppressed'
      | 'rejected'
      | 'failed_rendering'
      | 'failed_sending'
      | 'sent'
      | 'deferred'
      | 'delivered'
      | 'bounced_soft'
      | 'bounced_undetermined'
      | 'bounced_hard'
      | 'opened'
      | 'read'
      | 'clicked'
      | 'unsubscribed'
      | 'complained';
    /**
     * @description A status, or the beginning of several.
     * @enum {string}
     */
    StatusFilter:
      | 'planned'
      | 'pending_approval'
      | 'approved'
      | 'queued'
      | 'throttled'
      | 'depleted'
      | 'sending'
      | 'skipped'
      | 'canceled_duplicate'
      | 'canceled_unsubscribed'
      | 'canceled'
      | 'quarantined'
      | 'expired'
      | 'invalid_address'
      | 'suppressed'
      | 'rejected'
      | 'failed_rendering'
      | 'failed_sending'
      | 'sent'
      | 'deferred'
      | 'delivered'
      | 'bounced_soft'
      | 'bounced_undetermined'
      | 'bounced_hard'
      | 'opened'
      | 'read'
      | 'clicked'
      | 'unsubscribed'
      | 'complained'
      | 'bounced*'
      | 'canceled*'
      | 'failed*';
    /**
     * Format: mailtrail-address-as-is
     * @description An email address. Case does not matter; a display name, `mailto:`, invisible characters and full-width forms that were pasted with it are dropped.
     */
    GivenAddress: string;
    /**
     * @description The family of a status, to colour or to filter by.
     * @enum {string}
     */
    Group: 'before sending' | 'not attempted' | 'in transit' | 'delivered' | 'not delivered' | 'engaged' | 'complained';
    /**
     * @description Whose words labels are in.
     * @enum {string}
     */
    Vocabulary: 'mailtrail' | 'clubspot' | 'clinicsense' | 'creatio' | 'commusoft' | 'tipimail';
    /** @description What happened to one email to one recipient. */
    EmailStatus: {
      /** @description The id the email is looked up by: its tag `mailtrail-id`, else SES's id. */
      messageId: string;
      /** @description SES's id of the email; null until SES has accepted it. */
      sesMessageId: string | null;
      /** @description When it was accepted: by Mailtrail if sent through it, else by SES. Null if SES gave no readable time. */
      createdAt: components['schemas']['Time'] | null;
      /** @description The address, as it is compared: lower case, domain in punycode. */
      recipient: string;
      status: components['schemas']['Status'];
      /** @description The status in the words of the vocabulary asked for. */
      label: string;
      /** @description Whether `label` is that vocabulary's own word; false where it has none and Mailtrail's is shown. */
      native: boolean;
      group: components['schemas']['Group'];
      /** @description True where only later evidence from SES can still change the status. */
      final: boolean;
      /** @description True for an email that is sent or deferred, without a further event in time: past the end of SES's retries, or 48 hours after the last fact. */
      overdue: boolean;
      /** @description The reason given by Mailtrail or SES (a template's missing value, SES's sentence); null if the status has no further reason. */
      reason: string | null;
      /** @description When what gave the status happened. Null while no fact has given one (so far only a machine opened it). */
      statusAt: components['schemas']['Time'] | null;
      /** @description Null where no event of the email had it, as with templated mail. */
      subject: string | null;
      /** @description The sender that the recipient sees: the `From` header, else the envelope sender. */
      from: string | null;
      /** @description The envelope MAIL FROM address, to which bounces go; null where SES has not given it yet. */
      envelopeSender: string | null;
      /** @description When it was sent, as reported by SES. */
      sentAt: components['schemas']['Time'] | null;
      /** @description The message tag `campaign`. */
      campaignId: string | null;
      /** @description The message tag `category`. */
      category: string | null;
      /** @description The sender's other message tags; SES's own (`ses:...`) are not kept. */
      tags: {
        [key: string]: string[];
      };
      /** @description Opens by people. Pictures are often loaded through proxies or not at all: neither many nor none prove anything. */
      opens: number;
      /** @description Clicks by people, those on an unsubscribe link included. */
      clicks: number;
      /** @description Opens that were probably a scanner's or a privacy proxy's. */
      machineOpens: number;
      /** @description Clicks that were probably a scanner's. */
      machineClicks: number;
      /** @description True where there was more engagement than is kept: there were at least as many opens and clicks as the counts say. */
      countsAreFloor: boolean;
      /** @description True where three or more different links were clicked within two seconds, as a security scanner does. A guess, made at read time: neither the status nor the counts follow it. */
      probablyScanner: boolean;
      /** @description The bounce that gave the status, else the latest one; null where there was none. */
      bounce: components['schemas']['Bounce'] | null;
      /** @description The complaint that gave the status, else the latest one; null where there was none. */
      complaint: components['schemas']['Complaint'] | null;
      /** @description The latest delay; null where there was none. */
      delay: components['schemas']['Delay'] | null;
      /** @description What the status of this email means, in a sentence; for a bounce or a delay by its enhanced status code (RFC 3463) and SES's subtype. Only where one message, or one email of one recipient, is asked for. */
      meaning?: string;
      /** @description What a person can do; null if no action is needed. Present where `meaning` is. */
      nextStep?: string | null;
      /** @description Everything known to have happened to it, oldest first. Only where one email of one recipient is asked for. */
      events?: components['schemas']['Event'][];
    };
    /** @description Fields that SES did not give are null. */
    Bounce: {
      /** @description SES's bounceType: Permanent, Transient or Undetermined; SES may add others. */
      type: string;
      /** @description SES's bounceSubType. */
      subType: string | null;
      /** @description Enhanced status code of RFC 3463, such as 5.1.1. */
      smtpStatus: string | null;
      /** @description What the remote server wrote: the latest bounce's up to 1,024 bytes, else a shorter beginning that ends in `…`. */
      diagnostic: string | null;
      /** @description The server that reported it. */
      reportingMta: string | null;
      /** @description The address that the report named, where the email was not sent to it, such as the target of a forwarding. */
      namedRecipient: string | null;
      at: components['schemas']['Time'];
    };
    /** @description Fields that SES did not give are null. */
    Complaint: {
      /** @description SES's complaintFeedbackType, such as abuse. */
      feedbackType: string | null;
      /** @description SES's complaintSubType. */
      subType: string | null;
      /** @description The program that reported it. */
      userAgent: string | null;
      /** @description The address that the report named, where the email was not sent to it. */
      namedRecipient: string | null;
      at: components['schemas']['Time'];
    };
    /** @description Fields that SES did not give are null. */
    Delay: {
      /** @description SES's delayType, such as MailboxFull. */
      type: string | null;
      /** @description When SES stops trying. */
      expiresAt: components['schemas']['Time'] | null;
      /** @description The remote server's response. */
      diagnostic: string | null;
      at: components['schemas']['Time'];
    };
    /** @description Something that happened to an email. Beside kind and time it has only the details that SES, or a link of Mailtrail's, gave. */
    Event: {
      /** @enum {string} */
      kind:
        | 'sent'
        | 'deferred'
        | 'delivered'
        | 'bounced_soft'
        | 'bounced_undetermined'
        | 'bounced_hard'
        | 'relayed'
        | 'suppressed'
        | 'invalid_address'
        | 'rejected'
        | 'failed_rendering'
        | 'opened'
        | 'read'
        | 'clicked'
        | 'unsubscribed'
        | 'resubscribed'
        | 'complained'
        | 'not_spam'
        | 'auth_failure_report'
        | 'virus_report';
      at: components['schemas']['Time'];
      /** @description The type SES gave a bounce or a delay. */
      type?: string;
      /** @description The subtype SES gave a bounce or a complaint. */
      subType?: string;
      /** @description What the report says was done (RFC 3464): failed, delayed, delivered, relayed or expanded. */
      action?: string;
      /** @description The time that the reporting server wrote, where `at` differs: that one is never before SES accepted the email nor after the event arrived. */
      reportedAt?: components['schemas']['Time'];
      /** @description The address that the report named, where the email was not sent to it. */
      namedRecipient?: string;
      /** @description Enhanced status code of RFC 3463. */
      smtpStatus?: string;
      /** @description The remote server's response. */
      diagnostic?: string;
      /** @description The server that reported it. */
      reportingMta?: string;
      /** @description When SES stops trying. */
      expiresAt?: components['schemas']['Time'];
      /** @description The kind of complaint, such as abuse. */
      feedbackType?: string;
      /** @description The program that reported a complaint. */
      userAgent?: string;
      /** @description The remote server's response when it accepted the email. */
      smtpResponse?: string;
      /** @description Why SES rejected or could not render it. */
      reason?: string;
      /** @description The template that could not be rendered. */
      template?: string;
      /** @description The link that was clicked, without what may be a secret: user information, fragment, the values of the query except `utm_*`, and parts of the path that look like tokens, in whose place is `…`. The stack setting `clickedLinks=full` keeps it whole. A very long one ends in … and a fingerprint. */
      link?: string;
      /**
       * @description The link is an unsubscribe link: one of Mailtrail's or of SES's, or a URL of the email's own List-Unsubscribe header. Following it is no interest in the email.
       * @constant
       */
      unsubscribeLink?: true;
      /**
       * @description The click is one of three or more on different links within two seconds, and so probably a security scanner's; only on clicked.
       * @constant
       */
      probablyScanner?: true;
      /** @description Whether it was probably a machine, according to SES or the user agent; only, and always, on opened and clicked. */
      automated?: boolean;
      /** @description What was unsubscribed from or subscribed to: topics of SES's contact list, joined by commas, a category, or `all`. */
      topics?: string;
      /** @description How it was requested: SES's source, such as UnsubscribeHeader, or `OneClick` (a mail program's button) or `UnsubscribePage` for a link of Mailtrail's. */
      via?: string;
    };
    /** @description A message and what happened to it for each of its recipients. */
    Message: {
      /** @description The id the email is looked up by: its tag `mailtrail-id`, else SES's id. */
      messageId: string;
      /** @description SES's id of the email; null until SES has accepted it. */
      sesMessageId: string | null;
      /** @description When it was accepted: by Mailtrail if sent through it, else by SES. Null if SES gave no readable time. */
      createdAt: components['schemas']['Time'] | null;
      /** @description Null where no event of the email had it, as with templated mail. */
      subject: string | null;
      /** @description The sender that the recipient sees: the `From` header, else the envelope sender. */
      from: string | null;
      /** @description The envelope MAIL FROM address, to which bounces go; null where SES has not given it yet. */
      envelopeSender: string | null;
      /** @description The message tag `campaign`. */
      campaignId: string | null;
      /** @description The message tag `category`. */
      category: string | null;
      /** @description The sender's other message tags; SES's own (`ses:...`) are not kept. */
      tags: {
        [key: string]: string[];
      };
      /** @description All its recipients, ordered by address. */
      recipients: (components['schemas']['ListedEmailStatus'] & unknown)[];
      /** @description True where it has more than 500 recipients; the others are found by their address. */
      moreRecipients: boolean;
      /** @description Events of the message that cannot be attributed to one recipient; null if there are none. */
      unattributed: components['schemas']['Unattributed'] | null;
    };
    /** @description An EmailStatus without its events. */
    ListedEmailStatus: components['schemas']['EmailStatus'] & unknown;
    /** @description All recipients of a message share its pixel and its links, so with several of them it is unknown who opened or clicked. */
    Unattributed: {
      /** @description Opens by people. Pictures are often loaded through proxies or not at all: neither many nor none prove anything. */
      opens: number;
      /** @description Clicks by people, those on an unsubscribe link included. */
      clicks: number;
      /** @description Opens that were probably a scanner's or a privacy proxy's. */
      machineOpens: number;
      /** @description Clicks that were probably a scanner's. */
      machineClicks: number;
      /** @description True where there was more engagement than is kept: there were at least as many opens and clicks as the counts say. */
      countsAreFloor: boolean;
      /** @description True where three or more different links were clicked within two seconds, as a security scanner does. A guess, made at read time: neither the status nor the counts follow it. */
      probablyScanner: boolean;
      /** @description Oldest first. */
      events: components['schemas']['Event'][];
    };
    MessageList: {
      /** @description Newest first. */
      items: components['schemas']['ListedEmailStatus'][];
      nextCursor?: components['schemas']['NextCursor'];
      /** @description The filters of this answer, defaults included. */
      applied: {
        /** @description Null: from the oldest on. */
        from: components['schemas']['Time'] | null;
        /** @description Null: up to the newest. */
        to: components['schemas']['Time'] | null;
        status: components['schemas']['StatusFilter'] | null;
        limit: number;
        vocabulary: components['schemas']['Vocabulary'];
      };
    };
    /** @description The results of a campaign. */
    Campaign: {
      campaignId: string;
      /** @description Its state; null if it was not sent through Mailtrail. */
      state: components['schemas']['MailingState'] | null;
      /** @description Not before this time; null where it was to be sent at once, or not through Mailtrail. */
      sendAt: components['schemas']['Time'] | null;
      /** @description What was not sent by then is not sent any more; null where nothing expires. */
      expiresAt: components['schemas']['Time'] | null;
      /** @description Emails of the campaign, one for each recipient. */
      recipients: number;
      /** @description How many emails have each status now; a status that none has is absent. */
      counts: {
        [key: string]: number;
      };
      /** @description Those statuses in the words of the vocabulary asked for. */
      labels: {
        [key: string]: string;
      };
      opens: components['schemas']['Engagement'];
      clicks: components['schemas']['Engagement'];
      machineOpens: components['schemas']['Engagement'];
      machineClicks: components['schemas']['Engagement'];
      /** @description Some email was opened or clicked more often than is kept: totals are at least so many. */
      countsAreFloor: boolean;
      rates: components['schemas']['Rates'];
      /** @description When the first thing happened. */
      firstActivityAt: components['schemas']['Time'] | null;
      /** @description When the last thing happened. */
      lastActivityAt: components['schemas']['Time'] | null;
    };
    /** @description Opens or clicks, of people or of machines. */
    Engagement: {
      /** @description By how many recipients. */
      unique: number;
      /** @description In all. */
      total: number;
    };
    /** @description A share. */
    Rate: {
      /** @description From 0 to 1; null where the denominator is 0. */
      value: number | null;
      numerator: number;
      denominator: number;
    };
    /** @description Shares of the campaign. Delivered counts whoever got the email, also who opened it or complained since. */
    Rates: {
      /** @description Delivered, of those SES tried to deliver. */
      delivery: components['schemas']['Rate'];
      /** @description Bounced in any way, of those SES tried to deliver. Mail to SES's simulator is left out. */
      bounce: components['schemas']['Rate'];
      /** @description Complained, of those delivered. Mail to SES's simulator is left out. */
      complaint: components['schemas']['Rate'];
      /** @description Opened by a person, of those delivered. */
      uniqueOpen: components['schemas']['Rate'];
      /** @description Clicked by a person, of those delivered. */
      uniqueClick: components['schemas']['Rate'];
    };
    /** @description A page of a campaign's emails. */
    RecipientList: {
      /** @description By status, then by recipient. */
      items: components['schemas']['ListedEmailStatus'][];
      nextCursor?: components['schemas']['NextCursor'];
      /** @description The filters of this answer, defaults included. */
      applied: {
        status: components['schemas']['StatusFilter'] | null;
        limit: number;
        vocabulary: components['schemas']['Vocabulary'];
      };
    };
    MessageLog: {
      /** @description Newest first. */
      items: components['schemas']['ListedEmailStatus'][];
      nextCursor?: components['schemas']['NextCursor'];
      /** @description The filters of this answer, defaults and the window included. */
      applied: {
        from: components['schemas']['Time'];
        to: components['schemas']['Time'];
        status: components['schemas']['StatusFilter'] | null;
        category: string | null;
        limit: number;
        vocabulary: components['schemas']['Vocabulary'];
      };
    };
    /** @description The same list in CSV, without `applied`: RFC 4180, UTF-8 without a byte order mark, a header row with the names of the columns; new columns come at the end. Null is an empty cell, a list or an object is JSON. A cell that a spreadsheet would run as a formula has an apostrophe before it. */
    EmailStatusCsv: string;
    /** @description Send it as `cursor` to get the next page. Absent on the last page. With a filter a page can be short, even empty, and still have one: at most 500 entries are examined for an answer. */
    NextCursor: string;
    /** @description What is known of an address. */
    Recipient: {
      /** @description The address, as it is compared. */
      address: string;
      /** @description Why it must not be written to; null where it may. */
      suppression: components['schemas']['Suppression'] | null;
      /** @description The status of the newest email to it; null where none is known. */
      lastStatus: components['schemas']['Status'] | null;
      /** @description That status in the words of the vocabulary asked for. */
      lastLabel: string | null;
      /** @description When what gave it happened. */
      lastStatusAt: components['schemas']['Time'] | null;
      /** @description The newest email to it; null where none is known. */
      lastMessageId: string | null;
    };
    /** @description The erasure of a person. */
    Erasure: {
      /** @description The address, as it is compared. */
      address: string;
      /** @description Emails accepted until then are erased. */
      erasedAt: components['schemas']['Time'];
      /** @description How many emails were found, to be deleted. */
      emails: number;
      /** @description There are more, too many to count in one answer. All of them are deleted. */
      emailsAreFloor: boolean;
      /**
       * @description Whether the suppression of the address, if there was one, is still there.
       * @enum {unknown}
       */
      suppression: 'kept' | 'erased';
    };
    /**
     * @description Why an address is suppressed, strongest first: a complaint; a hard bounce; repeated soft bounces; a hard bounce that names another address, where the mail was forwarded to; an entry on SES's global suppression list, which has hard bounces of all senders that use SES; a person through this API; the recipient. `repeated_soft_bounce`, `forwarded_bounce` and `ses_global_list` end by themselves.
     * @enum {string}
     */
    CauseName:
      | 'complaint'
      | 'bounce'
      | 'repeated_soft_bounce'
      | 'forwarded_bounce'
      | 'ses_global_list'
      | 'manual'
      | 'unsubscribe';
    /**
     * @description The source: an event of SES, SES's own list, a person through this API, or the recipient.
     * @enum {string}
     */
    CauseSource: 'ses_event' | 'ses_list' | 'api' | 'unsubscribe';
    Cause: {
      cause: components['schemas']['CauseName'];
      stops: components['schemas']['StoppedMail'];
      /** @description The categories of bulk mail it stops, case-folded; null: every category, and mail of none. Only `unsubscribe` may have some. */
      categories: string[] | null;
      source: components['schemas']['CauseSource'];
      /** @description Since when. */
      at: components['schemas']['Time'];
      /** @description When it ends by itself; null if it stays until it is removed. */
      endsAt: components['schemas']['Time'] | null;
      /** @description The email it comes from. */
      messageId: string | null;
      /** @description True where a mailbox provider named several people who may have complained; each of them is suppressed. */
      ambiguous: boolean;
      /** @description A note by a person, or SES's details. */
      note: string | null;
    };
    /**
     * @description `bulk`: campaigns, and single messages that are not transactional. `all`: transactional messages too.
     * @enum {string}
     */
    StoppedMail: 'bulk' | 'all';
    /** @description An address that must not be written to, and why. It is suppressed while any cause is in force. */
    Suppression: {
      /** @description The address, as it is compared. */
      address: string;
      /** @description The ways it was spelled; SES's own list wants the exact one. */
      spellings: string[];
      /** @description The strongest cause in force. */
      reason: components['schemas']['CauseName'];
      /** @description The categories of mail it is closed to, sorted; null: to all. */
      categories: string[] | null;
      /** @description When the earliest cause in force began. */
      suppressedAt: components['schemas']['Time'];
      /** @description The causes in force, strongest first. */
      causes: components['schemas']['Cause'][];
      /** @description Causes and removals, oldest first; the first hundred are kept. */
      history: components['schemas']['HistoryEntry'][];
      onSesList: components['schemas']['OnSesList'];
    };
    /**
     * @description Whether SES's own account suppression list has the address: true, false (`unsubscribe`, `forwarded_bounce` and `ses_global_list` alone are not put on it), or `pending` until SES's list is updated.
     * @enum {unknown}
     */
    OnSesList: true | false | 'pending';
    HistoryEntry: {
      at: components['schemas']['Time'];
      /**
       * @description A cause that began, or, with `_lifted`, one that ended.
       * @enum {string}
       */
      what:
        | 'complaint'
        | 'bounce'
        | 'repeated_soft_bounce'
        | 'forwarded_bounce'
        | 'ses_global_list'
        | 'manual'
        | 'unsubscribe'
        | 'complaint_lifted'
        | 'bounce_lifted'
        | 'repeated_soft_bounce_lifted'
        | 'forwarded_bounce_lifted'
        | 'ses_global_list_lifted'
        | 'manual_lifted'
        | 'unsubscribe_lifted';
      source: components['schemas']['CauseSource'];
      messageId: string | null;
      note: string | null;
      /** @description The one category of mail it is about; null: all mail. */
      category: string | null;
    };
    SuppressionList: {
      /** @description In no particular order. */
      items: components['schemas']['Suppression'][];
      nextCursor?: components['schemas']['NextCursor'];
      /** @description The filters of this answer, defaults included. */
      applied: {
        reason: components['schemas']['CauseName'] | null;
        /** @description Null: from the oldest on. */
        from: components['schemas']['Time'] | null;
        /** @description Null: up to the newest. */
        to: components['schemas']['Time'] | null;
        limit: number;
      };
    };
    /** @description The same list in CSV, without `history` and `applied`; `causes.0` is the strongest cause. RFC 4180, UTF-8 without a byte order mark, a header row with the names of the columns; new columns come at the end. Null is an empty cell, a list or an object is JSON. A cell that a spreadsheet would run as a formula has an apostrophe before it. */
    SuppressionCsv: string;
    SuppressionCheck: {
      /** @description One for each address asked for, in their order. */
      items: {
        /** @description The address, as it is compared. Of an entry that is `invalid`: as it was given, null where that is no text. */
        address: string | null;
        /**
         * @description `invalid`: the entry is no address, and `message` describes a valid value.
         * @enum {unknown}
         */
        result: 'suppressed' | 'not_suppressed' | 'invalid';
        /** @description What is wrong with the entry; null where nothing is. */
        message: string | null;
        /** @description Why it must not be written to, in brief; null where it may. */
        suppression: {
          /** @description The strongest cause in force. */
          reason: components['schemas']['CauseName'];
          stops: components['schemas']['StoppedMail'];
          /** @description The categories of mail it is closed to, sorted; null: to all. */
          categories: string[] | null;
          /** @description When the earliest cause in force began. */
          suppressedAt: components['schemas']['Time'];
          /** @description The causes in force, strongest first. */
          causes: components['schemas']['CauseName'][];
        } | null;
      }[];
    };
    SuppressionImport: {
      /** @description One for each address sent, in their order. */
      items: {
        /** @description The address, as it is compared. Of an entry that is `invalid`: as it was given, null where that is no text. */
        address: string | null;
        /**
         * @description `suppressed`: it was not before. `already_suppressed`: it was; the cause `manual` is in force beside the others. `duplicate`: an entry before has the same address, and counts. `invalid`: the entry is wrong, and was not stored.
         * @enum {unknown}
         */
        result: 'suppressed' | 'already_suppressed' | 'duplicate' | 'invalid';
        /** @description What is wrong with the entry; null where nothing is. */
        message: string | null;
      }[];
    };
    /** @description The result of removing a suppression. */
    Lifting: {
      /** @description The address, as it is compared. */
      address: string;
      /** @description The causes that ended now. */
      ended: components['schemas']['Cause'][];
      /** @description The causes still in force: unless empty, the address stays suppressed. */
      remaining: components['schemas']['Cause'][];
      onSesList: components['schemas']['OnSesList'];
    };
    StatusReference: {
      status: components['schemas']['Status'];
      /** @description In the words of the vocabulary asked for. */
      label: string;
      /** @description Whether `label` is that vocabulary's own word; false where it has none and Mailtrail's is shown. */
      native: boolean;
      /** @description What the status means, in a sentence. */
      meaning: string;
      /** @description What a person can do; null if no action is needed. */
      nextStep: string | null;
      group: components['schemas']['Group'];
      /** @description How strongly it is held; the highest of `ranks`. */
      rank: number;
      /** @description The highest rank proposed for an email gives its status. Some statuses have two: the sender's and SES's, or without and with evidence. */
      ranks: number[];
      /** @description True where only later evidence from SES can still change the status. */
      final: boolean;
    };
    StatusReferences: {
      items: components['schemas']['StatusReference'][];
      applied: {
        vocabulary: components['schemas']['Vocabulary'];
      };
    };
    Health: {
      /** @constant */
      status: 'ok';
      /** @description The newest recorded SES event, of any email; null before the first. It may be that one up to 10 seconds newer was recorded since. */
      newestEvent: {
        at: components['schemas']['Time'];
        /** @description Seconds since then. */
        age: number;
      } | null;
    };
    /** @description RFC 9457. */
    Problem: {
      /**
       * Format: uri
       * @description Which problem, for programs. Stable.
       */
      type: string;
      /** @description The same for people. */
      title: string;
      status: number;
      /** @description What is wrong this time. */
      detail: string;
      /** @description Every bad parameter at once. */
      errors?: {
        /** @description Name of the parameter or body field, `suppressions[3].note` for one within a list; `body` and `query` for these as a whole. */
        parameter: string;
        /** @description What is wrong and what would be right. */
        message: string;
      }[];
    };
    /** @description API Gateway's own answer. */
    GatewayMessage: {
      message: string | null;
    };
    /**
     * Format: mailtrail-id
     * @description Letters, digits, hyphens and underscores.
     */
    Id: string;
    /**
     * @description The state of a campaign. The first three wait; the last three are ends.
     * @enum {string}
     */
    MailingState: 'planned' | 'pending_approval' | 'approved' | 'started' | 'canceled' | 'quarantined' | 'expired';
    /**
     * Format: mailtrail-mailbox
     * @description `office@club.example` or `Office <office@club.example>`. A name with commas, parentheses, quotes or dots is quoted, and one that is not ASCII encoded (RFC 2047); at most 320 bytes then.
     */
    Mailbox: string;
    /**
     * Format: mailtrail-template
     * @description May hold markers, `{{name}}` or `{{name|default}}`. Sections, partials, unescaped markers and other delimiters are refused.
     */
    Template: string;
    /**
     * Format: mailtrail-one-line-template
     * @description On one line; may hold markers, `{{name}}` or `{{name|default}}`. At most 995 bytes once it is encoded (RFC 2047).
     */
    Subject: string;
    ReplyTo: components['schemas']['Mailbox'][];
    /** @description What the markers stand for; null is a value that is missing. `unsubscribeUrl` is Mailtrail's own. A larger number is given as a text: as a number it would not be the one that was written. */
    Values: {
      [key: string]: string | number | null;
    } | null;
    /** @description As a person wrote or pasted it: a display name, `mailto:`, invisible characters and full-width forms are dropped. What is no address becomes `invalid_address` and stops nobody else. */
    GivenEmail: string;
    GivenRecipient: {
      email: components['schemas']['GivenEmail'];
      values?: components['schemas']['Values'];
      /** @description Why this one is not to be sent; it becomes `skipped`, with this as its reason. */
      skip?: string | null;
    };
    /** @description A recipient of another shape is recorded and not sent, and named in the answer's `errors`; the others go. Where all are of another shape, the request is refused. */
    GivenRecipients: components['schemas']['GivenRecipient'][];
    NewCampaign: {
      /** @description Of the caller's choice; taken once and for all. */
      campaignId: components['schemas']['Id'];
      /** @description What kind of mail it is. Who unsubscribed from it gets none; upper and lower case do not matter. Without one, unsubscribing from the campaign is unsubscribing from all bulk mail. */
      category?: components['schemas']['Id'];
      from: components['schemas']['Mailbox'];
      replyTo?: components['schemas']['ReplyTo'];
      subject: components['schemas']['Subject'];
      /** @description Values are escaped here. */
      html?: components['schemas']['Template'];
      /** @description One of `html` and `text` must be there, better both. */
      text?: components['schemas']['Template'];
      recipients: components['schemas']['GivenRecipients'];
      /**
       * Format: date-time
       * @description Not before this time; at once where it is left out or past. At most a year ahead.
       */
      sendAt?: string;
      /**
       * Format: date-time
       * @description What was not sent by then is not sent any more.
       */
      expiresAt?: string;
      /**
       * @description Sends to each address once, however many recipients have it.
       * @default true
       */
      preventDuplicates: boolean;
      /**
       * @description Waits until a person with the scope `mailtrail/approve` approves it.
       * @default false
       */
      needsApproval: boolean;
      /**
       * @description Brings the headers by which mail programs unsubscribe, and `{{unsubscribeUrl}}`.
       * @default true
       */
      unsubscribable: boolean;
      /**
       * @description Whether a recipient kept it open for more than 5 seconds.
       * @default false
       */
      trackReads: boolean;
    };
    NewMessage: {
      email: components['schemas']['GivenEmail'];
      values?: components['schemas']['Values'];
      /** @description What kind of mail it is. Unless the message is transactional, addresses that unsubscribed from it get none. */
      category?: components['schemas']['Id'];
      from: components['schemas']['Mailbox'];
      replyTo?: components['schemas']['ReplyTo'];
      subject: components['schemas']['Subject'];
      /** @description Values are escaped here. */
      html?: components['schemas']['Template'];
      /** @description One of `html` and `text` must be there, better both. */
      text?: components['schemas']['Template'];
      /**
       * Format: date-time
       * @description What was not sent by then is not sent any more.
       */
      expiresAt?: string;
      /**
       * @description Brings the headers by which mail programs unsubscribe, and `{{unsubscribeUrl}}`.
       * @default false
       */
      unsubscribable: boolean;
      /** @description Whether the recipient asked for it, as for a receipt or a new password: unsubscribing does not stop it, while bounces, complaints and staff's suppressions do. By default it is, unless it has a `category` or is `unsubscribable`. It cannot be `unsubscribable` too; a `category` is then for reports only. */
      transactional?: boolean;
      /**
       * @description Whether a recipient kept it open for more than 5 seconds.
       * @default false
       */
      trackReads: boolean;
    };
    AcceptedCampaign: {
      campaignId: string;
      state: components['schemas']['MailingState'];
      /** @description How many this request brought. */
      recipients: number;
      /** @description Of those: the status that each was given. */
      byStatus: {
        [key: string]: number;
      };
      /** @description What the campaign was accepted with, and may not be meant. Empty where there is nothing. */
      warnings: {
        /**
         * @description `no_category`: a recipient who unsubscribes from it unsubscribes from all bulk mail.
         * @enum {string}
         */
        code: 'no_category';
        /** @description For a person. */
        message: string;
      }[];
      /** @description Recipients that could not be used, by their index in the request, and what is wrong with each: they are counted in `byStatus` and not sent. Absent where there are none; the last entry says how many are left out beyond a hundred. */
      errors?: {
        /** @description Such as `recipients[3].email`. */
        parameter: string;
        /** @description What is wrong and what would be right. */
        message: string;
      }[];
    };
    CampaignState: {
      campaignId: string;
      state: components['schemas']['MailingState'];
    };
    ResendStarted: {
      campaignId: string;
      state: components['schemas']['MailingState'];
      /** @description How many emails that are `failed_sending` the request matched when it was answered. An email that failed less than a second ago may be missing. */
      matched: number;
      /** @description False where the campaign has more than 10,000 failed emails: counting ends after those, and `matched` is a minimum. All that match are sent again in any case. */
      matchedIsExact: boolean;
    };
    AcceptedMessage: {
      /** @description What it is looked up by. */
      messageId: string;
      status: components['schemas']['Status'];
      reason: string | null;
    };
    /** @description An HTML page for a person; for HEAD nothing. */
    Page: string;
    /** @description A transparent GIF of one pixel; for HEAD nothing. */
    Pixel: string;
    /** @description What is no button of the page counts as a mail program's one click, so that nobody who posts here stays. */
    LeaveForm: {
      /**
       * @description What mail programs send (RFC 8058): it leaves the email's category, or everything where it has none.
       * @constant
       */
      'List-Unsubscribe'?: 'One-Click';
      /**
       * @description What the page's buttons to unsubscribe send.
       * @enum {string}
       */
      leave?: 'category' | 'everything';
      /**
       * @description What the page's buttons to subscribe again send. Beside another field that leaves it counts for nothing.
       * @enum {string}
       */
      return?: 'category' | 'everything';
    };
  };
  responses: {
    /** @description Parameters or the body are wrong. `errors` names every one of them at once. Parameters and body fields that are not named here are refused. */
    Invalid: {
      headers: {
        'x-request-id': components['headers']['RequestId'];
        'cache-control': components['headers']['NoStore'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @constant */
          type?: 'urn:mailtrail:problem:invalid';
          /** @constant */
          status?: 400;
        };
      };
    };
    /** @description Not found; `detail` has the details. */
    NotFound: {
      headers: {
        'x-request-id': components['headers']['RequestId'];
        'cache-control': components['headers']['NoStore'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @constant */
          type?: 'urn:mailtrail:problem:not-found';
          /** @constant */
          status?: 404;
        };
      };
    };
    /** @description No such path: for any path that is not in this document. */
    NoRoute: {
      headers: {
        'x-request-id': components['headers']['RequestId'];
        'cache-control': components['headers']['NoStore'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @constant */
          type?: 'urn:mailtrail:problem:no-route';
          /** @constant */
          status?: 404;
        };
      };
    };
    /** @description The path exists, but not with this method. For a path of this document and a method that it does not name. */
    MethodNotAllowed: {
      headers: {
        'x-request-id': components['headers']['RequestId'];
        'cache-control': components['headers']['NoStore'];
        /** @description The methods the path takes. */
        allow: string;
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @constant */
          type?: 'urn:mailtrail:problem:method-not-allowed';
          /** @constant */
          status?: 405;
        };
      };
    };
    /** @description API Gateway's answer: the token is missing, expired or from another issuer. */
    Unauthorized: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['GatewayMessage'];
      };
    };
    /** @description API Gateway's answer: the signature is wrong, or the token or the role does not allow this. */
    Forbidden: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['GatewayMessage'];
      };
    };
    /** @description API Gateway's answer: more than 10 MB. */
    TooLarge: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['GatewayMessage'];
      };
    };
    /** @description API Gateway's answer: the throttle of the API. Wait and repeat. */
    TooManyRequests: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['GatewayMessage'];
      };
    };
    /** @description A fault on our side; the log has it under the request id. */
    InternalError: {
      headers: {
        'x-request-id': components['headers']['RequestId'];
        'cache-control': components['headers']['NoStore'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @constant */
          type?: 'urn:mailtrail:problem:internal-error';
          /** @constant */
          status?: 500;
        };
        'application/json': components['schemas']['GatewayMessage'];
      };
    };
    /** @description API Gateway's answer: the function behind it did not answer in time. Wait and repeat. */
    Unavailable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['GatewayMessage'];
      };
    };
    /** @description The time for the request ran out; the same request with the same Idempotency-Key completes it. Or API Gateway's answer, where the function behind it did not answer in time: repeat it in the same way. */
    OutOfTime: {
      headers: {
        'x-request-id': components['headers']['RequestId'];
        'cache-control': components['headers']['NoStore'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @constant */
          type?: 'urn:mailtrail:problem:out-of-time';
          /** @constant */
          status?: 503;
        };
        'application/json': components['schemas']['GatewayMessage'];
      };
    };
    /** @description The store cannot be read; or API Gateway's answer, where the function behind it did not answer in time. */
    StoreUnreachable: {
      headers: {
        'x-request-id': components['headers']['RequestId'];
        'cache-control': components['headers']['NoStore'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @constant */
          type?: 'urn:mailtrail:problem:store-unreachable';
          /** @constant */
          status?: 503;
        };
        'application/json': components['schemas']['GatewayMessage'];
      };
    };
    /** @description It cannot be done in the current state: `detail` has the reason. Or the Idempotency-Key was used with another body, or is being worked on. */
    Conflict: {
      headers: {
        'x-request-id': components['headers']['RequestId'];
        'cache-control': components['headers']['NoStore'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description The token is not one of ours, or it was cut or altered: one page, whatever the fault. */
    LinkUnknown: {
      headers: {
        'content-security-policy': components['headers']['NothingLoaded'];
        'referrer-policy': components['headers']['NoReferrer'];
        'x-robots-tag': components['headers']['NoIndex'];
        'x-content-type-options': components['headers']['NoSniff'];
        'cache-control': components['headers']['NoStore'];
        [name: string]: unknown;
      };
      content: {
        'text/html': components['schemas']['Page'];
      };
    };
    /** @description An internal error; the page reports it and offers to try again. */
    PageFailed: {
      headers: {
        'content-security-policy': components['headers']['NothingLoaded'];
        'referrer-policy': components['headers']['NoReferrer'];
        'x-robots-tag': components['headers']['NoIndex'];
        'x-content-type-options': components['headers']['NoSniff'];
        'cache-control': components['headers']['NoStore'];
        [name: string]: unknown;
      };
      content: {
        'text/html': components['schemas']['Page'];
      };
    };
    /** @description The token is not one of ours, or it was cut or altered. */
    PixelUnknown: {
      headers: {
        'referrer-policy': components['headers']['NoReferrer'];
        'x-robots-tag': components['headers']['NoIndex'];
        'cache-control': components['headers']['NoStore'];
        [name: string]: unknown;
      };
      content: {
        'image/gif': components['schemas']['Pixel'];
      };
    };
    /** @description An internal error; nothing was recorded. */
    PixelFailed: {
      headers: {
        'referrer-policy': components['headers']['NoReferrer'];
        'x-robots-tag': components['headers']['NoIndex'];
        'cache-control': components['headers']['NoStore'];
        [name: string]: unknown;
      };
      content: {
        'image/gif': components['schemas']['Pixel'];
      };
    };
  };
  parameters: {
    /** @description Our id of the message (its tag `mailtrail-id`) or SES's; SES's also as the header `Message-ID` has it, such as `<ID@eu-west-1.amazonses.com>`, with or without brackets. */
    MessageId: string;
    /** @description An address, unencoded. Case and display names do not matter. */
    Email: string;
    /** @description The value of the tag `campaign` that the emails were sent with. */
    CampaignId: string;
    /** @description Whose words labels are in. */
    Vocabulary: components['schemas']['Vocabulary'];
    /** @description How many entries an answer has at most. */
    Limit: number;
    /** @description The `nextCursor` of the answer before. It brings the filters of that answer along: they may be left out, and must not differ. `limit` and `vocabulary` are not among them. */
    Cursor: string;
    /** @description Only what is not before this time (ISO 8601 with an offset; a `+` is sent as %2B). */
    From: string;
    /** @description Only what is before this time (ISO 8601 with an offset; a `+` is sent as %2B). */
    To: string;
    /** @description Only emails whose status is this one now; `bounced*`, `canceled*` and `failed*` stand for all that begin so. */
    Status: components['schemas']['StatusFilter'];
    /** @description Only emails with this category (their message tag `category`), letter by letter. */
    Category: string;
    /** @description A category of mail (the message tag `category`, a topic of SES's contact list). Upper and lower case do not matter: names are compared by Unicode's case folding. */
    LeftCategory: string;
    /** @description Only those whose strongest cause in force is this one. */
    Reason: components['schemas']['CauseName'];
    /** @description Whether what is kept of the address's suppression stays or is erased too. */
    SuppressionToo: 'keep' | 'erase';
    /** @description Whether the recipient's own unsubscribing is removed too. Only at their request. */
    Unsubscribe: boolean;
    /** @description The id that the campaign was sent with. */
    MailingId: components['schemas']['Id'];
    /** @description A unique key of the caller's choice for this request. The same key and body give the same answer for a day, and never send anything twice; with another body it is a 409. It belongs to the caller and the path. */
    IdempotencyKey: components['schemas']['Id'];
    /** @description The signed token of an email's unsubscribe link. It acts on that email, its recipient and its category alone. */
    UnsubscribeToken: string;
    /** @description The first or the second signed token of an email's pixel. `.gif` at its end is ignored. */
    PixelToken: string;
  };
  requestBodies: never;
  headers: {
    /** @description The id of this request, by which its log entries are found. */
    RequestId: string;
    /** @description Answers hold personal data and change at any time. */
    NoStore: 'no-store';
    /** @description Of a page in CSV: what `nextCursor` is in JSON. Absent on the last page. */
    NextCursor: components['schemas']['NextCursor'];
    /** @description Nothing is loaded, scripts do not run, forms are sent to the page itself, and no other page may frame it. */
    NothingLoaded: string;
    /** @description Anyone who has the link can use it, so it is not sent as a referrer. */
    NoReferrer: 'no-referrer';
    /** @description Personal links must not be indexed by a search engine. */
    NoIndex: 'noindex, nofollow';
    /** @description The content type is not guessed. */
    NoSniff: 'nosniff';
    /** @description The second token, relative to this path. */
    NextToken: string;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  listMessages: {
    parameters: {
      query?: {
        /** @description Only what is not before this time (ISO 8601 with an offset; a `+` is sent as %2B). */
        from?: components['parameters']['From'];
        /** @description Only what is before this time (ISO 8601 with an offset; a `+` is sent as %2B). */
        to?: components['parameters']['To'];
        /** @description Only emails whose status is this one now; `bounced*`, `canceled*` and `failed*` stand for all that begin so. */
        status?: components['parameters']['Status'];
        /** @description Only emails with this category (their message tag `category`), letter by letter. */
        category?: components['parameters']['Category'];
        /** @description How many entries an answer has at most. */
        limit?: components['parameters']['Limit'];
        /** @description The `nextCursor` of the answer before. It brings the filters of that answer along: they may be left out, and must not differ. `limit` and `vocabulary` are not among them. */
        cursor?: components['parameters']['Cursor'];
        /** @description Whose words labels are in. */
        vocabulary?: components['parameters']['Vocabulary'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of emails. */
      200: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          'x-next-cursor': components['headers']['NextCursor'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessageLog'];
          'text/csv': components['schemas']['EmailStatusCsv'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  sendMessage: {
    parameters: {
      query?: never;
      header: {
        /** @description A unique key of the caller's choice for this request. The same key and body give the same answer for a day, and never send anything twice; with another body it is a 409. It belongs to the caller and the path. */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    /** @description The message and its recipient. */
    requestBody: {
      content: {
        'application/json': components['schemas']['NewMessage'];
      };
    };
    responses: {
      /** @description Accepted. */
      202: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AcceptedMessage'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      409: components['responses']['Conflict'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['OutOfTime'];
    };
  };
  getMessage: {
    parameters: {
      query?: {
        /** @description Whose words labels are in. */
        vocabulary?: components['parameters']['Vocabulary'];
      };
      header?: never;
      path: {
        /** @description Our id of the message (its tag `mailtrail-id`) or SES's; SES's also as the header `Message-ID` has it, such as `<ID@eu-west-1.amazonses.com>`, with or without brackets. */
        messageId: components['parameters']['MessageId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The message. */
      200: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Message'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  getEmailStatus: {
    parameters: {
      query?: {
        /** @description Whose words labels are in. */
        vocabulary?: components['parameters']['Vocabulary'];
      };
      header?: never;
      path: {
        /** @description Our id of the message (its tag `mailtrail-id`) or SES's; SES's also as the header `Message-ID` has it, such as `<ID@eu-west-1.amazonses.com>`, with or without brackets. */
        messageId: components['parameters']['MessageId'];
        /** @description An address, unencoded. Case and display names do not matter. */
        email: components['parameters']['Email'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The email's status with its events. */
      200: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EmailStatus'] & unknown;
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  getRecipient: {
    parameters: {
      query?: {
        /** @description Whose words labels are in. */
        vocabulary?: components['parameters']['Vocabulary'];
      };
      header?: never;
      path: {
        /** @description An address, unencoded. Case and display names do not matter. */
        email: components['parameters']['Email'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The address. */
      200: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Recipient'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  eraseRecipient: {
    parameters: {
      query?: {
        /** @description Whether what is kept of the address's suppression stays or is erased too. */
        suppression?: components['parameters']['SuppressionToo'];
      };
      header?: never;
      path: {
        /** @description An address, unencoded. Case and display names do not matter. */
        email: components['parameters']['Email'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The erasure is recorded, and the deletion has begun. */
      202: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Erasure'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  listRecipientMessages: {
    parameters: {
      query?: {
        /** @description Only what is not before this time (ISO 8601 with an offset; a `+` is sent as %2B). */
        from?: components['parameters']['From'];
        /** @description Only what is before this time (ISO 8601 with an offset; a `+` is sent as %2B). */
        to?: components['parameters']['To'];
        /** @description Only emails whose status is this one now; `bounced*`, `canceled*` and `failed*` stand for all that begin so. */
        status?: components['parameters']['Status'];
        /** @description How many entries an answer has at most. */
        limit?: components['parameters']['Limit'];
        /** @description The `nextCursor` of the answer before. It brings the filters of that answer along: they may be left out, and must not differ. `limit` and `vocabulary` are not among them. */
        cursor?: components['parameters']['Cursor'];
        /** @description Whose words labels are in. */
        vocabulary?: components['parameters']['Vocabulary'];
      };
      header?: never;
      path: {
        /** @description An address, unencoded. Case and display names do not matter. */
        email: components['parameters']['Email'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of emails. */
      200: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          'x-next-cursor': components['headers']['NextCursor'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessageList'];
          'text/csv': components['schemas']['EmailStatusCsv'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  getCampaign: {
    parameters: {
      query?: {
        /** @description Whose words labels are in. */
        vocabulary?: components['parameters']['Vocabulary'];
      };
      header?: never;
      path: {
        /** @description The value of the tag `campaign` that the emails were sent with. */
        campaignId: components['parameters']['CampaignId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The campaign. */
      200: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Campaign'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  listCampaignRecipients: {
    parameters: {
      query?: {
        /** @description Only emails whose status is this one now; `bounced*`, `canceled*` and `failed*` stand for all that begin so. */
        status?: components['parameters']['Status'];
        /** @description How many entries an answer has at most. */
        limit?: components['parameters']['Limit'];
        /** @description The `nextCursor` of the answer before. It brings the filters of that answer along: they may be left out, and must not differ. `limit` and `vocabulary` are not among them. */
        cursor?: components['parameters']['Cursor'];
        /** @description Whose words labels are in. */
        vocabulary?: components['parameters']['Vocabulary'];
      };
      header?: never;
      path: {
        /** @description The value of the tag `campaign` that the emails were sent with. */
        campaignId: components['parameters']['CampaignId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of emails. */
      200: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          'x-next-cursor': components['headers']['NextCursor'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RecipientList'];
          'text/csv': components['schemas']['EmailStatusCsv'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  addRecipients: {
    parameters: {
      query?: never;
      header: {
        /** @description A unique key of the caller's choice for this request. The same key and body give the same answer for a day, and never send anything twice; with another body it is a 409. It belongs to the caller and the path. */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
      };
      path: {
        /** @description The id that the campaign was sent with. */
        campaignId: components['parameters']['MailingId'];
      };
      cookie?: never;
    };
    /** @description The recipients. */
    requestBody: {
      content: {
        'application/json': {
          recipients: components['schemas']['GivenRecipients'];
        };
      };
    };
    responses: {
      /** @description Accepted. */
      202: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AcceptedCampaign'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['OutOfTime'];
    };
  };
  sendCampaign: {
    parameters: {
      query?: never;
      header: {
        /** @description A unique key of the caller's choice for this request. The same key and body give the same answer for a day, and never send anything twice; with another body it is a 409. It belongs to the caller and the path. */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    /** @description The campaign and its first recipients, at most 5,000. Subject, html and text together take at most 256 KB, the values of one recipient 8 KB. */
    requestBody: {
      content: {
        'application/json': components['schemas']['NewCampaign'];
      };
    };
    responses: {
      /** @description Accepted. */
      202: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AcceptedCampaign'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      409: components['responses']['Conflict'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['OutOfTime'];
    };
  };
  approveCampaign: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id that the campaign was sent with. */
        campaignId: components['parameters']['MailingId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is so from now on. */
      202: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CampaignState'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  quarantineCampaign: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id that the campaign was sent with. */
        campaignId: components['parameters']['MailingId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is so from now on. */
      202: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CampaignState'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  cancelCampaign: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id that the campaign was sent with. */
        campaignId: components['parameters']['MailingId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is so from now on. */
      202: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CampaignState'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  resendCampaign: {
    parameters: {
      query?: never;
      header: {
        /** @description A unique key of the caller's choice for this request. The same key and body give the same answer for a day, and never send anything twice; with another body it is a 409. It belongs to the caller and the path. */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
      };
      path: {
        /** @description The id that the campaign was sent with. */
        campaignId: components['parameters']['MailingId'];
      };
      cookie?: never;
    };
    /** @description Which ones: `recipients`, `reason`, or both. */
    requestBody: {
      content: {
        'application/json': {
          recipients?: components['schemas']['GivenAddress'][];
          /** @description Such as `outcome unknown`. */
          reason?: string;
        };
      };
    };
    responses: {
      /** @description It has begun, and continues after the answer; `matched` is the number of emails. */
      202: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ResendStarted'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['OutOfTime'];
    };
  };
  listSuppressions: {
    parameters: {
      query?: {
        /** @description Only those whose strongest cause in force is this one. */
        reason?: components['parameters']['Reason'];
        /** @description Only what is not before this time (ISO 8601 with an offset; a `+` is sent as %2B). */
        from?: components['parameters']['From'];
        /** @description Only what is before this time (ISO 8601 with an offset; a `+` is sent as %2B). */
        to?: components['parameters']['To'];
        /** @description How many entries an answer has at most. */
        limit?: components['parameters']['Limit'];
        /** @description The `nextCursor` of the answer before. It brings the filters of that answer along: they may be left out, and must not differ. `limit` and `vocabulary` are not among them. */
        cursor?: components['parameters']['Cursor'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of suppressions. */
      200: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          'x-next-cursor': components['headers']['NextCursor'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SuppressionList'];
          'text/csv': components['schemas']['SuppressionCsv'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  checkSuppressions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description The addresses; one may come several times. */
    requestBody: {
      content: {
        'application/json': {
          addresses: components['schemas']['GivenAddress'][];
          /** @description The category of the email to be sent, as in its message tag `category`; upper and lower case do not matter. */
          category?: string;
          /**
           * @description Whether the email to be sent is transactional. Its category does not matter then.
           * @default false
           */
          transactional?: boolean;
        };
      };
    };
    responses: {
      /** @description Each address, and why it must not be written to. */
      200: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SuppressionCheck'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  importSuppressions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description The addresses. Of several entries with one address the first that is right counts, however it is spelled. */
    requestBody: {
      content: {
        'application/json': {
          suppressions: {
            address: components['schemas']['GivenAddress'];
            /** @description The reason, for people who read the list later. */
            note?: string | null;
          }[];
        };
      };
    };
    responses: {
      /** @description One result for each, in their order. All but those that are `invalid` are suppressed now. */
      200: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SuppressionImport'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  getSuppression: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description An address, unencoded. Case and display names do not matter. */
        email: components['parameters']['Email'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The suppression. */
      200: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Suppression'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  putSuppression: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description An address, unencoded. Case and display names do not matter. */
        email: components['parameters']['Email'];
      };
      cookie?: never;
    };
    /** @description May be left out. */
    requestBody?: {
      content: {
        'application/json': {
          /** @description The reason, for people who read the list later. */
          note?: string | null;
        };
      };
    };
    responses: {
      /** @description It was suppressed already; the cause `manual` is in force beside the others. */
      200: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Suppression'];
        };
      };
      /** @description It was not suppressed, and is now. */
      201: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Suppression'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  liftSuppression: {
    parameters: {
      query?: {
        /** @description Whether the recipient's own unsubscribing is removed too. Only at their request. */
        unsubscribe?: components['parameters']['Unsubscribe'];
      };
      header?: never;
      path: {
        /** @description An address, unencoded. Case and display names do not matter. */
        email: components['parameters']['Email'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What ended and what remains. */
      200: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Lifting'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  leaveCategory: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description An address, unencoded. Case and display names do not matter. */
        email: components['parameters']['Email'];
        /** @description A category of mail (the message tag `category`, a topic of SES's contact list). Upper and lower case do not matter: names are compared by Unicode's case folding. */
        category: components['parameters']['LeftCategory'];
      };
      cookie?: never;
    };
    /** @description May be left out. */
    requestBody?: {
      content: {
        'application/json': {
          /** @description The reason, for people who read the list later. */
          note?: string | null;
        };
      };
    };
    responses: {
      /** @description The address was unsubscribed from the category already. */
      200: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Suppression'];
        };
      };
      /** @description The address was not unsubscribed from the category, and is now. */
      201: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Suppression'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  liftCategory: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description An address, unencoded. Case and display names do not matter. */
        email: components['parameters']['Email'];
        /** @description A category of mail (the message tag `category`, a topic of SES's contact list). Upper and lower case do not matter: names are compared by Unicode's case folding. */
        category: components['parameters']['LeftCategory'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What ended and what remains. */
      200: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Lifting'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  listStatuses: {
    parameters: {
      query?: {
        /** @description Whose words labels are in. */
        vocabulary?: components['parameters']['Vocabulary'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All statuses. */
      200: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['StatusReferences'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  getHealth: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The store answers. */
      200: {
        headers: {
          'x-request-id': components['headers']['RequestId'];
          'cache-control': components['headers']['NoStore'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Health'];
        };
      };
      400: components['responses']['Invalid'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['StoreUnreachable'];
    };
  };
}
