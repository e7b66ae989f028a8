import { ApiMapping, DomainName, type HttpApi, type HttpStage, SecurityPolicy } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Construct } from 'constructs';
import type { ApiDomainSettings } from '../settings/settings.ts';

export interface ApiDomainProps extends ApiDomainSettings {
  readonly api: HttpApi;
  readonly stage: HttpStage;
}

/**
 * A domain name of the club's own for the API and for links in emails. Links in emails already sent then outlive the API:
 * another one takes over the name. The club points the name at `target` by a CNAME record.
 */
export class ApiDomain extends Construct {
  /** Where the API answers, without a slash at the end. */
  readonly url: string;
  /** What the CNAME record of the domain name must point at. */
  readonly target: string;

  constructor(scope: Construct, id: string, { domainName, certificateArn, api, stage }: ApiDomainProps) {
    super(scope, id);
    const name = new DomainName(this, 'Name', {
      domainName,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
    new ApiMapping(this, 'Mapping', { api, domainName: name, stage });
    this.url = `https://${domainName}`;
    this.target = name.regionalDomainName;
  }
}
