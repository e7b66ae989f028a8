import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Lets a function do these actions of DynamoDB with these tables or indexes. A table's own `grant` adds all its indexes. */
export const allow = (who: IGrantable, verbs: readonly string[], arns: readonly string[]): void => {
  who.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({ actions: verbs.map((verb) => `dynamodb:${verb}`), resources: [...arns] }),
  );
};
