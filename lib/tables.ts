import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, StreamViewType, type TablePropsV2 } from 'aws-cdk-lib/aws-dynamodb';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** A key attribute that holds text. */
export const text = (name: string) => ({ name, type: AttributeType.STRING });

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

/** Lets a function do these actions of DynamoDB with these tables or indexes. A table's own `grant` adds all its indexes. */
export const allow = (who: IGrantable, verbs: readonly string[], arns: readonly string[]): void => {
  who.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({ actions: verbs.map((verb) => `dynamodb:${verb}`), resources: [...arns] }),
  );
};
