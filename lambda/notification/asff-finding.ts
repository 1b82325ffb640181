/** Where findings are imported: the account that imports them, in its region. */
export interface AsffPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** One resource of a finding; details by the type of the resource. */
export interface AsffResource {
  readonly Type: string;
  readonly Id: string;
  readonly Partition: string;
  readonly Region?: string;
  readonly Details?: Readonly<Record<string, object>>;
}

/** One finding in the AWS Security Finding Format, as BatchImportFindings takes it. */
export interface AsffFinding {
  readonly SchemaVersion: '2018-10-08';
  readonly Id: string;
  readonly ProductArn: string;
  readonly ProductName: string;
  readonly CompanyName: string;
  readonly GeneratorId: string;
  readonly AwsAccountId: string;
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
  readonly FirstObservedAt: string;
  readonly LastObservedAt: string;
  readonly Title: string;
  readonly Description: string;
  readonly ProductFields: Readonly<Record<string, string>>;
  readonly Resources: readonly AsffResource[];
  readonly FindingProviderFields: {
    readonly Severity: { readonly Label: string; readonly Original: string };
    readonly Types: readonly string[];
  };
  readonly Remediation: { readonly Recommendation: { readonly Text: string } };
  /** The event in CloudTrail's event history. */
  readonly SourceUrl?: string;
  readonly RecordState: 'ACTIVE' | 'ARCHIVED';
}
