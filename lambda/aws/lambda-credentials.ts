import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * What the SDK's search for credentials comes to in Lambda, which puts those of the function's role into the environment.
 * The bundle takes this in place of the search, because the sources of a developer's machine (profiles, single sign-on,
 * processes) are a fifth of it and lead nowhere there.
 */
export const defaultProvider = () => fromEnv();
