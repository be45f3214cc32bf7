namespace Microblog.Accounts.ShowInstance;

/// <summary>What clients must keep to; both versions of the instance page say it alike.</summary>
internal static class InstanceLimits
{
    public const int PostCharactersMax = 500;

    // Uploads and polls are not offered; clients expect their limits all the same.
    public static Accounts OfAccounts { get; } = new(MaxFeaturedTags: 10, MaxPinnedStatuses: 5);

    public static Statuses OfStatuses { get; } =
        new(PostCharactersMax, MaxMediaAttachments: 4, CharactersReservedPerUrl: 23);

    public static MediaAttachments OfMedia { get; } = new(
        ["image/jpeg", "image/png", "image/gif", "image/webp"],
        ImageSizeLimit: 16_777_216,
        ImageMatrixLimit: 33_177_600,
        VideoSizeLimit: 103_809_024,
        VideoFrameRateLimit: 120,
        VideoMatrixLimit: 8_294_400);

    public static Polls OfPolls { get; } =
        new(MaxOptions: 4, MaxCharactersPerOption: 50, MinExpiration: 300, MaxExpiration: 2_629_746);

    internal sealed record Accounts(int MaxFeaturedTags, int MaxPinnedStatuses);

    internal sealed record Statuses(int MaxCharacters, int MaxMediaAttachments, int CharactersReservedPerUrl);

    internal sealed record MediaAttachments(
        IReadOnlyList<string> SupportedMimeTypes,
        long ImageSizeLimit,
        long ImageMatrixLimit,
        long VideoSizeLimit,
        int VideoFrameRateLimit,
        long VideoMatrixLimit);

    internal sealed record Polls(int MaxOptions, int MaxCharactersPerOption, int MinExpiration, int MaxExpiration);
}
