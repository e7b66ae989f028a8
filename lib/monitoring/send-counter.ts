import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  CloudWatchDimensionSource,
  ConfigurationSetEventDestination,
  EmailSendingEvent,
  EventDestination,
  type IConfigurationSet,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';

/** A tag that SES itself puts on every email; its value is the name of the set the email was sent with. */
const AUTO_TAG = 'ses:configuration-set';

/**
 * Has SES count in CloudWatch what is sent with a configuration set, past topics, queues and functions: the witness that
 * there was something to record. SES's metrics without a dimension count all the account's mail, other senders' too.
 */
export class SendCounter extends Construct {
  /** Emails that SES took. Periods without any have no value. */
  readonly sends: Metric;
  readonly destination: ConfigurationSetEventDestination;

  constructor(scope: Construct, id: string, configurationSet: IConfigurationSet) {
    super(scope, id);
    const { configurationSetName } = configurationSet;
    this.destination = new ConfigurationSetEventDestination(this, 'Destination', {
      configurationSet,
      // One metric. Each more would be paid for as a custom one (SES guide, event-publishing-add-event-destination-cloudwatch).
      events: [EmailSendingEvent.SEND],
      destination: EventDestination.cloudWatchDimensions([
        // The default is for email without the tag. There is none, but it would be this set's as well.
        { source: CloudWatchDimensionSource.MESSAGE_TAG, name: AUTO_TAG, defaultValue: configurationSetName },
      ]),
    });
    this.sends = new Metric({
      namespace: 'AWS/SES',
      metricName: 'Send',
      dimensionsMap: { [AUTO_TAG]: configurationSetName },
      statistic: Stats.SUM,
      label: 'sent with the configuration set',
    });
  }
}
