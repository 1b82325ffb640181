/** Loaded before a command, prints on stderr what it used: memory at most, and processor time of all its threads. */
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  process.stderr.write(`peak kilobytes: ${process.resourceUsage().maxRSS}\n`);
  process.stderr.write(`cpu microseconds: ${user + system}\n`);
});
