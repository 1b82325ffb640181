import type { FindingDocument } from '../detection/finding-document';
import type { Notification, NotificationContext } from '../ports';
export function renderNotification(document: FindingDocument, _: NotificationContext): Notification {
  const json = JSON.stringify(document);
  return {
    alertId: document.layerwatch.alert_id,
    subject: '[Layerwatch] stub',
    bodies: { default: 'stub', email: 'stub', sqs: json },
  };
}
export function toSnsMessage(notification: Notification): string {
  return JSON.stringify(notification.bodies);
}
export function plainNotification(alertId: string): Notification {
  return { alertId, subject: '[Layerwatch] alert', bodies: { default: alertId } };
}
