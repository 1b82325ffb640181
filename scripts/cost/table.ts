import { markdownTable } from '../readme/markdown-table';
import { type Deployment, monthOf } from './month';

export const deployments: readonly Deployment[] = [
  { name: '1 account, 1 region', accounts: 1, regions: 1 },
  { name: '400 accounts, 17 regions', accounts: 400, regions: 17 },
  { name: '1,000 accounts, 17 regions', accounts: 1_000, regions: 17 },
];

/** Dollars a month by service, a column for each deployment. */
export function costTable(): string {
  const months = deployments.map(monthOf);
  const [first = []] = months;
  const rows = first.map(({ service, what }, index) => [
    service,
    what,
    ...months.map((month) => formatDollars(month[index]?.dollars ?? 0)),
  ]);
  const sums = months.map((month) => month.reduce((sum, { dollars }) => sum + dollars, 0));
  return markdownTable(
    ['service', 'what', ...deployments.map(({ name }) => name)],
    [...rows, ['all', '', ...sums.map(formatDollars)]],
  );
}

function formatDollars(dollars: number): string {
  if (dollars === 0) return '-';
  if (dollars < 0.01) return 'below $0.01';
  return dollars < 10 ? `$${dollars.toFixed(2)}` : `$${Math.round(dollars).toLocaleString('en')}`;
}
