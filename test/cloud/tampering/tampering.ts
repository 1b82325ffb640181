/** Names of what the stack has made, as the services' APIs take them. */
export interface OwnResources {
  readonly trail: string;
  readonly detector: string;
  readonly sweeper: string;
  readonly sweeperRole: string;
  readonly scheduleRule: string;
  readonly lifecycleRule: string;
  readonly topicArn: string;
  readonly alertTable: string;
  readonly failedEventsUrl: string;
  readonly undeliveredEventsUrl: string;
  readonly alarm: string;
}

/** A call that can make Layerwatch blind or silent. */
export interface Tampering {
  /** Name of the API's operation; CloudTrail may write a date behind it. */
  readonly action: string;
  readonly attack: (own: OwnResources) => Promise<unknown>;
  /** Makes the deployment as it was; absent where the call changes nothing that matters afterwards. */
  readonly repair?: (own: OwnResources) => Promise<unknown>;
}
