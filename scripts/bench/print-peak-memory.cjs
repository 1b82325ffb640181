/** Loaded before a command, prints on stderr how much memory it held at most. */
process.on('exit', () => {
  process.stderr.write(`peak kilobytes: ${process.resourceUsage().maxRSS}\n`);
});
