import { SETTING_KINDS } from '@segment-userleap/mapping';
import type { JSX } from 'preact';
import { Field } from '../../parts/field';
import { SelectField } from '../../parts/select-field';
import { MapInput } from './map-input';
import type { SettingInputProps } from './setting-input-props';

/** A setting's field, as its kind asks for. */
export function SettingInput(props: SettingInputProps): JSX.Element {
  const { name, label, isInvalid, describedBy, value, onValue } = props;
  const shared = { name, 'aria-invalid': isInvalid, 'aria-describedby': describedBy };
  switch (SETTING_KINDS[name]) {
    case 'flag':
      return (
        <label class="check">
          <input
            {...shared}
            type="checkbox"
            checked={value === true}
            onChange={({ currentTarget }) => onValue(currentTarget.checked)}
          />
          <span>{label}</span>
        </label>
      );
    case 'list':
      return (
        <Field label={`${label}, one a line`}>
          <textarea
            {...shared}
            rows={2}
            value={Array.isArray(value) ? value.join('\n') : ''}
            onInput={({ currentTarget }) => onValue(currentTarget.value.split('\n'))}
          />
        </Field>
      );
    case 'map':
      return <MapInput {...props} />;
    case 'text':
      return name === 'unknownUsers' ? (
        <SelectField
          label={label}
          any="default"
          value={typeof value === 'string' ? value : undefined}
          options={['skip', 'create']}
          onChange={onValue}
        />
      ) : (
        <TextInput {...props} />
      );
    case 'number':
      return <TextInput {...props} />;
  }
}

function TextInput({ name, label, isInvalid, describedBy, value, onValue }: SettingInputProps): JSX.Element {
  return (
    <Field label={label}>
      <input
        name={name}
        aria-invalid={isInvalid}
        aria-describedby={describedBy}
        autocomplete="off"
        value={typeof value === 'string' ? value : ''}
        onInput={({ currentTarget }) => onValue(currentTarget.value)}
      />
    </Field>
  );
}
