import {
  account,
  answering,
  eventId,
  givenCreate,
  givenDelete,
  givenPublish,
  givenUpdate,
  layerVersion,
  region,
} from '../fixtures/records';

type Fields = Readonly<Record<string, unknown>>;

/** Who acts in the stories, from where and with what. */
function role(name: string, session: string, fields: Fields = {}): Fields {
  return {
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROAEXAMPLE:${session}`,
      arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
      accountId: account,
      accessKeyId: 'ASIAEXAMPLE000000001',
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: 'AROAEXAMPLE',
          arn: `arn:aws:iam::${account}:role/${name}`,
          accountId: account,
          userName: name,
        },
        attributes: { creationDate: '2026-10-06T06:00:00Z', mfaAuthenticated: 'false' },
      },
    },
    ...fields,
  };
}

function user(name: string, fields: Fields = {}): Fields {
  return {
    userIdentity: {
      type: 'IAMUser',
      principalId: `AIDA${name.toUpperCase()}`,
      arn: `arn:aws:iam::${account}:user/${name}`,
      accountId: account,
      accessKeyId: 'AKIAEXAMPLE000000002',
      userName: name,
    },
    ...fields,
  };
}

const throughCloudFormation = {
  sourceIPAddress: 'cloudformation.amazonaws.com',
  userAgent: 'cloudformation.amazonaws.com',
};

/** Addresses of the stories' own address database. */
export const addresses: Readonly<Record<string, string>> = {
  '52.208.0.10': 'IE',
  '45.167.52.18': 'BR',
  '51.15.0.10': 'FR',
};
export const fromIreland = { sourceIPAddress: '52.208.0.10' };
export const fromBrazil = { sourceIPAddress: '45.167.52.18' };
export const fromFrance = { sourceIPAddress: '51.15.0.10' };

export const ci = role('ci-deploy', 'gh-run-812', {
  ...fromIreland,
  userAgent: 'aws-cli/2.31.10 md/command#lambda.update-function-configuration',
});
export const ciPrincipal = `arn:aws:iam::${account}:role/ci-deploy`;
export const cloudFormation = role('cfn-deploy', 'AWSCloudFormation', throughCloudFormation);
export const terraform = role('terraform', 'plan-apply', {
  ...fromIreland,
  userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.13 terraform-provider-aws/6.14',
});
export const instrumenter = role('DatadogRemoteInstrumenter', 'instrument', {
  sourceIPAddress: 'lambda.amazonaws.com',
  userAgent: 'aws-sdk-js/3.900.0',
});
export const instrumenterPrincipal = `arn:aws:iam::${account}:role/DatadogRemoteInstrumenter`;
export const admin = role('AWSReservedSSO_Admin_0123456789abcdef', 'ada@example.com', {
  ...fromFrance,
  userAgent: 'aws-internal/3 aws-sdk-java/1.12 AWSLambdaConsole/1.1',
  sessionCredentialFromConsole: 'true',
});
export const eve = user('eve', { ...fromBrazil, userAgent: 'Boto3/1.43.2' });
export const mallory = role('batch-runner', 'i-0abc', { ...fromBrazil, userAgent: 'Boto3/1.43.2' });
export const root: Fields = {
  userIdentity: {
    type: 'Root',
    principalId: account,
    arn: `arn:aws:iam::${account}:root`,
    accountId: account,
    accessKeyId: 'ASIAEXAMPLE000000009',
    sessionContext: { attributes: { creationDate: '2026-10-06T06:00:00Z', mfaAuthenticated: 'true' } },
  },
  ...fromFrance,
};

/** A time of the stories' week: `on(2, '09:30')` is Tuesday. Monday is the first of five working days. */
export function on(day: number, time: string): Fields {
  return { eventTime: `2026-10-${String(4 + day).padStart(2, '0')}T${time}:00Z` };
}

export const officeHours = {
  workingHours: {
    timeZone: 'UTC',
    days: ['mon', 'tue', 'wed', 'thu', 'fri'],
    from: '07:00',
    to: '19:00',
  },
} as const;

export const [base, util] = [layerVersion('base', 4), layerVersion('util', 2)];
export const foreignLayer = layerVersion('boto-utils', 3, '999988887777');
export const datadog = layerVersion('Datadog-Extension', 91, '464622532012');
export { account, layerVersion, region };

/** The call lists the layers that the function is to have. */
export function sets(
  layers: readonly unknown[],
  who: Fields,
  when: Fields,
  functionName = 'payments',
): Fields {
  return givenUpdate(layers, { ...who, ...when }, functionName);
}

/** The call changes something else on a function that has these layers. */
export function edits(
  present: readonly string[],
  who: Fields,
  when: Fields,
  functionName = 'payments',
): Fields {
  return givenUpdate(undefined, { ...who, ...when, ...answering(present, functionName) }, functionName);
}

/** CloudFormation and Terraform's first run send the whole configuration. */
export function sendsAll(layers: readonly string[] | undefined, who: Fields, when: Fields): Fields {
  const requestParameters = {
    functionName: 'payments',
    role: `arn:aws:iam::${account}:role/payments`,
    handler: 'index.handler',
    description: '',
    timeout: 30,
    memorySize: 512,
    vpcConfig: { subnetIds: [], securityGroupIds: [] },
    environment: {},
    runtime: 'python3.13',
    kMSKeyArn: '',
    fileSystemConfigs: [],
    ...(layers === undefined ? {} : { layers }),
  };
  return givenUpdate(layers, { ...who, ...when, ...answering(layers ?? []), requestParameters });
}

export function publishes(layerName: string, version: number, who: Fields, when: Fields): Fields {
  return givenPublish(layerName, version, { ...who, ...when });
}

export function creates(layers: readonly string[] | undefined, who: Fields, when: Fields): Fields {
  return givenCreate(layers, { ...who, ...when });
}

export function deletes(who: Fields, when: Fields): Fields {
  return givenDelete({ ...who, ...when });
}

export function isDenied(who: Fields, when: Fields): Fields {
  const failed = { errorCode: 'AccessDenied', requestParameters: null, responseElements: null };
  return givenUpdate(undefined, { ...who, ...when, ...failed });
}

/** The same record under another event id, as a second call of the same content. */
export function again(record: Fields, when: Fields): Fields {
  return { ...record, ...when, eventID: eventId() };
}

/** A call of any service, as CloudTrail records it. */
export function calls(
  service: string,
  eventName: string,
  requestParameters: Fields,
  who: Fields,
  when: Fields,
): Fields {
  return givenUpdate(undefined, {
    ...who,
    ...when,
    eventSource: `${service}.amazonaws.com`,
    eventName,
    requestParameters,
    responseElements: null,
  });
}

/** A session that a user of the account made with GetFederationToken and named as it liked. */
export function federatedBy(userName: string, session: string, fields: Fields = {}): Fields {
  return {
    userIdentity: {
      type: 'FederatedUser',
      principalId: `${account}:${session}`,
      arn: `arn:aws:sts::${account}:federated-user/${session}`,
      accountId: account,
      accessKeyId: 'ASIAEXAMPLE000000007',
      sessionContext: {
        sessionIssuer: {
          type: 'IAMUser',
          arn: `arn:aws:iam::${account}:user/${userName}`,
          accountId: account,
          userName,
        },
        attributes: { mfaAuthenticated: 'false' },
      },
    },
    ...fields,
  };
}
