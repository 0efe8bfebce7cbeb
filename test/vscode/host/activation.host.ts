import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test } from '../registry.ts';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> };
  };
}

const wisp = () => {
  const extension = vscode.extensions.getExtension('wisp-code.wisp');
  assert(extension, 'Wisp is not installed.');
  return extension;
};

test('Wisp is installed and activates without an error', async () => {
  await wisp().activate();
  assert.equal(wisp().isActive, true);
});

test('every command that the palette offers is registered', async () => {
  await wisp().activate();
  const { contributes } = wisp().packageJSON as Manifest;
  const registered = new Set(await vscode.commands.getCommands(true));
  const missing = contributes.commands.map(({ command }) => command).filter(name => !registered.has(name));
  assert.deepEqual(missing, []);
});

test('every setting has its default', () => {
  const { contributes } = wisp().packageJSON as Manifest;
  const configuration = vscode.workspace.getConfiguration();
  for (const [name, { default: value }] of Object.entries(contributes.configuration.properties)) {
    assert.deepEqual(configuration.inspect(name)?.defaultValue, value, name);
  }
});
