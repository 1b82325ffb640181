import { composeDetector } from './compose-detector';

const detector = composeDetector(process.env, __dirname);

/** Receives one EventBridge event. Rejects where the alert is not safe yet, so that Lambda delivers the event again. */
export async function handler(event: unknown): Promise<void> {
  await detector(event);
}
