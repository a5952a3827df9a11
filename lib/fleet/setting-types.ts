import type { Setting } from './setting';

/** The settings that each cluster of a fleet has, by name. */
export type SettingDeclarations = Readonly<Record<string, Setting<unknown>>>;

/** The values of the settings of a cluster, by name. */
export type SettingValues<Declared extends SettingDeclarations> = {
  readonly [Name in keyof Declared]: Declared[Name] extends Setting<infer Value> ? Value : never;
};

/** The names of the settings that have a default. */
export type DefaultedSettings<Declared extends SettingDeclarations> = {
  [Name in keyof Declared]: Declared[Name] extends Setting<unknown, true> ? Name : never;
}[keyof Declared];

/** The settings of the clusters of an environment or region, by its name. */
export type SettingLevels<Declared extends SettingDeclarations> = Readonly<
  Record<string, Partial<SettingValues<Declared>>>
>;

/** The names of environments or regions: the listed ones, or any name if none are listed. */
export type LevelNames<Levels> = [keyof Levels] extends [never] ? string : keyof Levels & string;

/** The names of the settings that an environment or region sets. */
export type SettingsGivenAt<Levels, Name> = Name extends keyof Levels ? keyof Levels[Name] : never;

/** The values of settings. Settings that another level sets are optional. */
export type RemainingSettings<
  Declared extends SettingDeclarations,
  Given extends PropertyKey,
  All = Omit<SettingValues<Declared>, Given> & Partial<SettingValues<Declared>>,
> = { [Name in keyof All]: All[Name] } & {};

/** The prop `settings` of a cluster: it must set the settings that no other level sets. */
export type SettingsProp<Declared extends SettingDeclarations, Given extends PropertyKey> = [
  Exclude<keyof Declared, Given>,
] extends [never]
  ? {
      /**
       * The settings of the cluster, which win over those of its region and its environment.
       *
       * @default - those of its region and its environment, and the defaults
       */
      readonly settings?: Partial<SettingValues<Declared>>;
    }
  : {
      /** The settings of the cluster: all that neither its region, nor its environment, nor a default gives. */
      readonly settings: RemainingSettings<Declared, Given>;
    };

/** The location of a cluster, and the settings that it must set there. */
export type LocatedSettings<
  Declared extends SettingDeclarations,
  Environments extends SettingLevels<Declared>,
  Regions extends SettingLevels<Declared>,
> = {
  [Environment in LevelNames<Environments>]: {
    [Region in LevelNames<Regions>]: {
      /** The environment: `production`, `staging`. */
      readonly environment: Environment;
      /** The region: `eu-west-1`. */
      readonly region: Region;
    } & SettingsProp<
      Declared,
      | DefaultedSettings<Declared>
      | SettingsGivenAt<Environments, Environment>
      | SettingsGivenAt<Regions, Region>
    >;
  }[LevelNames<Regions>];
}[LevelNames<Environments>];
