import type { ComponentChildren, JSX } from 'preact';
import { CodeBlock } from './code-block';
import { Dialog } from './dialog';
import { asJson, asVariable } from '../format/setting-lines';
import type { SettingLines } from '../format/setting-lines';

interface Props {
  readonly title: string;
  readonly lines: SettingLines;
  readonly children: ComponentChildren;
  onClose(): void;
}

/** A setting with its new value, to copy. */
export function SettingDialog({ title, lines, children, onClose }: Props): JSX.Element {
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{children}</p>
      <CodeBlock label={`${lines.setting} as a variable`} title="As a variable" text={asVariable(lines)} />
      <CodeBlock
        label={`${lines.setting} in the file of RELAY_DESTINATIONS`}
        title={
          <>
            In the file of <code>RELAY_DESTINATIONS</code>, under <code>settings</code>
          </>
        }
        text={asJson(lines)}
      />
      <p class="hint">Then start the relay again. What it has sent before stays at UserLeap.</p>
      <div class="buttons">
        <button type="button" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
