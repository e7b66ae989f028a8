import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, StreamViewType, type TablePropsV2 } from 'aws-cdk-lib/aws-dynamodb';
/** A key attribute that holds text. */
export const textKey = (name: string) => ({ name, type: AttributeType.STRING });

/**
 * What every table has. Encryption is DynamoDB's own, always on, with a key that costs nothing; a trial's tables go
 * with its stack.
 */
export const tableDefaults = (trial: boolean) =>
  ({
    billing: Billing.onDemand(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    timeToLiveAttribute: 'deleteAfter',
    // There from the start, read or not: a stream tells nothing of what came before it.
    dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    deletionProtection: !trial,
    removalPolicy: trial ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
  }) satisfies Partial<TablePropsV2>;
