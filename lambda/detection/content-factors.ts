import { displayName } from '../text/untrusted-text';
import { bareLayer } from './arn';
import type { LayerInside } from './context-document';
import type { LayerVerdict } from './finding-document';
import { newLayersOf } from './layer-labels';
import { isOfKnownPublisher, type RiskFacts } from './risk-facts';

/** Factors that look at what is inside the new layers, and at what of it the function starts. */

/** New layers that nobody vouches for, as Lambda describes them. */
function uncertainLayers({ layers, context }: RiskFacts): readonly LayerInside[] {
  const uncertain = newLayersOf(layers).filter((layer) => !isOfKnownPublisher(layer));
  const arns = new Set(uncertain.map(({ arn }) => arn));
  return (context.layers ?? []).filter(({ arn }) => arns.has(arn));
}

export function externalExtension(facts: RiskFacts): string | undefined {
  const [name] = uncertainLayers(facts).flatMap(({ contents }) => contents?.extensions ?? []);
  return name === undefined ? undefined : `the layer starts the external extension ${displayName(name)}`;
}

function isNewHere(
  { arn, provenance }: Pick<LayerVerdict, 'arn' | 'provenance'>,
  { newLayersHere }: RiskFacts,
): boolean {
  if (provenance === 'unknown-account') return true;
  return arn !== null && newLayersHere.has(bareLayer(arn));
}

export function shadowedLibrary(facts: RiskFacts): string | undefined {
  const unseen = newLayersOf(facts.layers).filter((layer) => isNewHere(layer, facts));
  const arns = new Set(unseen.map(({ arn }) => arn));
  const [name] = uncertainLayers(facts)
    .filter(({ arn }) => arns.has(arn))
    .flatMap(({ contents }) => contents?.shadowed ?? []);
  return name === undefined ? undefined : `the layer takes the place of ${displayName(name)}`;
}

/** Who hides an extension makes an archive that Lambda unpacks and others refuse. */
export function refusedArchive(facts: RiskFacts): string | undefined {
  const isRefused = uncertainLayers(facts).some(({ archive_refused }) => archive_refused === true);
  return isRefused ? "the layer's archive cannot be trusted, so its contents are not known" : undefined;
}

/** A version that changes what was there before is a usual one; what it gains is not. */
export function newInVersion(facts: RiskFacts): string | undefined {
  const gained = uncertainLayers(facts).flatMap(({ difference }) => difference?.gained ?? []);
  const [extension] = gained.flatMap(({ extensions }) => extensions);
  if (extension !== undefined)
    return `the version before had no external extension ${displayName(extension)}`;
  const [wrapper] = gained.flatMap(({ wrappers }) => wrappers);
  if (wrapper !== undefined && startingVariable(facts) === 'AWS_LAMBDA_EXEC_WRAPPER')
    return `the version before had no wrapper ${displayName(wrapper)}`;
  const [library] = gained.flatMap(({ shadowed }) => shadowed);
  return library === undefined
    ? undefined
    : `the version before did not take the place of ${displayName(library)}`;
}

/** Those that run code of a layer at every start; search paths such as PYTHONPATH are shown and do not count. */
const startingVariables: ReadonlySet<string> = new Set([
  'AWS_LAMBDA_EXEC_WRAPPER',
  'DOTNET_STARTUP_HOOKS',
  'JAVA_TOOL_OPTIONS',
  'LD_PRELOAD',
  'NODE_OPTIONS',
  'RUBYOPT',
]);

/** The list is sorted, so that AWS_LAMBDA_EXEC_WRAPPER is the first. */
function startingVariable({ context }: RiskFacts): string | undefined {
  return context.function?.wrapper_variables?.find((variable) => startingVariables.has(variable));
}

export function wrapperVariable(facts: RiskFacts): string | undefined {
  const unseen = newLayersOf(facts.layers).filter(
    (layer) => !isOfKnownPublisher(layer) && isNewHere(layer, facts),
  );
  const name = startingVariable(facts);
  return name === undefined || unseen.length === 0 ? undefined : `${name} is set on the function`;
}
