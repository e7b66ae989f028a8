import { createApp } from '../lib/app.ts';
import { SettingsError } from '../lib/settings/settings.ts';

try {
  createApp();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  // What the club wrote is wrong, not the program: a stack trace would only hide the sentence that helps.
  console.error(error.message);
  process.exitCode = 1;
}
