import { IsNotEmpty, IsObject, IsOptional, IsString } from 'class-validator';
import { expected } from '@segment-userleap/validation';
import { CommonFields } from './common-fields';

const NAME = 'a string that is not empty';

/** What Page and Screen share. */
export class ViewEvent extends CommonFields {
  @IsOptional()
  @IsString(expected(NAME))
  @IsNotEmpty(expected(NAME))
  name?: string | null;

  @IsOptional()
  @IsString(expected(NAME))
  @IsNotEmpty(expected(NAME))
  category?: string | null;

  @IsOptional()
  @IsObject(expected('an object'))
  properties?: Readonly<Record<string, unknown>> | null;
}

export const VIEW_KEYS = ['name', 'category', 'properties'] as const;
