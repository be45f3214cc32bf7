using System.Globalization;

namespace Microblog.Admin.Check;

/// <summary>Subjects that are ids.</summary>
internal static class Ids
{
    public static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    public static long Of(string subject) => long.Parse(subject, CultureInfo.InvariantCulture);

    public static long[] Of(IEnumerable<string> subjects) => [.. subjects.Select(Of)];

    /// <summary>Pages of ids as pages of subjects.</summary>
    public static IAsyncEnumerable<IReadOnlyList<string>> Subjects(this IAsyncEnumerable<IReadOnlyList<long>> pages) =>
        pages.Select(page => (IReadOnlyList<string>)[.. page.Select(Text)]);
}
