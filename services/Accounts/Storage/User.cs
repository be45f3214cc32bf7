using Microblog.Contracts.Accounts;
using Microblog.ServiceDefaults.ClientApi;

namespace Microblog.Accounts.Storage;

/// <summary>A person who can log in, and the profile that others see. All text is stored as it was typed.</summary>
internal sealed class User
{
    public required long Id { get; init; }

    /// <summary>As written at sign-up; unique without regard to case.</summary>
    public required string Username { get; init; }

    /// <summary>Unique without regard to case.</summary>
    public required string Email { get; init; }

    public required string PasswordHash { get; set; }

    /// <summary>One of <see cref="Tiers"/>.</summary>
    public string Tier { get; init; } = Tiers.Person;

    public string DisplayName { get; set; } = "";

    public string Note { get; set; } = "";

    /// <summary>Left column of the table on the profile; as long as <see cref="FieldValues"/>.</summary>
    public string[] FieldNames { get; set; } = [];

    public string[] FieldValues { get; set; } = [];

    public bool Locked { get; set; }

    public bool Bot { get; set; }

    public bool Discoverable { get; set; } = true;

    public string DefaultVisibility { get; set; } = "public";

    public bool DefaultSensitive { get; set; }

    /// <summary>A two-letter code, or empty.</summary>
    public string DefaultLanguage { get; set; } = "";

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null for somebody who may log in.</summary>
    public DateTimeOffset? SuspendedAt { get; set; }

    /// <summary>Rises with every change of the profile, from 1.</summary>
    public long Version { get; set; } = 1;

    /// <summary>What everybody may know, with the text rendered as HTML.</summary>
    public AccountProfile ToProfile() => new(
        Id,
        Username,
        DisplayName,
        ProfileText.Paragraphs(Note),
        [.. FieldNames.Zip(FieldValues, (name, value) => new ProfileField(name, ProfileText.Line(value)))],
        Locked,
        Bot,
        Discoverable,
        CreatedAt,
        Version,
        new(DefaultVisibility, DefaultSensitive, DefaultLanguage.Length > 0 ? DefaultLanguage : null),
        IsSuspended: SuspendedAt is not null);
}
