import { countedUnits } from './cost/counted-units';
import { assumptions } from './cost/month';
import { prices, pricesOf } from './cost/prices';
import { costTable } from './cost/table';

/** Prints what Layerwatch costs a month, from counted units and the table of prices. */
function printCost(): void {
  const { day } = assumptions;
  const { layerChange, settingsChange } = countedUnits;
  console.log(costTable());
  console.log(
    `\nA day of each account and region: ${day.layerChanges} layer changes (${layerChange.writes} write and ${layerChange.reads} read units each), ${day.settingsChanges} other changes of a configuration (${settingsChange.writes} and ${settingsChange.reads}).`,
  );
  console.log(`\nPrices of us-east-1, as of ${pricesOf}:`);
  for (const { dollars, per, unit, source } of Object.values(prices))
    console.log(`  $${dollars} for ${per.toLocaleString('en')} ${unit}, ${source}`);
}

printCost();
