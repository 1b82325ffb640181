// The load event waits for the script; a frame after it has been painted.
performance.getEntriesByType('navigation')[0].loadEventEnd;
