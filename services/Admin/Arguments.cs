using System.Globalization;

namespace Microblog.Admin;

/// <summary>The words after a command's name, taken apart.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _options = [];

    /// <param name="options">As in <see cref="Command.Options"/>.</param>
    /// <exception cref="BadUseException">An option is unknown, or its value is missing.</exception>
    public Arguments(IReadOnlyList<string> words, IReadOnlyList<string> options)
    {
        var names = new List<string>();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (!word.StartsWith("--", StringComparison.Ordinal))
                names.Add(word);
            else if (options.Contains(word))
                _options[word] = "";
            else if (!options.Contains(word + "="))
                throw new BadUseException($"There is no option {word} here.");
            else if (++i < words.Count)
                _options[word] = words[i];
            else
                throw new BadUseException($"{word} needs a value.");
        }

        Names = names;
    }

    /// <summary>What is no option.</summary>
    public IReadOnlyList<string> Names { get; }

    public bool Has(string option) => _options.ContainsKey(option);

    /// <exception cref="BadUseException">The value is no number between 0 and the largest allowed.</exception>
    public int Number(string option, int fallback, int max)
    {
        if (!_options.TryGetValue(option, out var text))
            return fallback;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= max
            ? value
            : throw new BadUseException($"{option} takes a number up to {max}.");
    }

    /// <summary>The names given, or null for all.</summary>
    /// <exception cref="BadUseException">Both names and <c>--all</c>, or neither.</exception>
    public IReadOnlyList<string>? NamesOrAll(int skip = 0)
    {
        string[] names = [.. Names.Skip(skip)];
        if (Has("--all") == (names.Length > 0))
            throw new BadUseException("Name something, or say --all.");
        return names.Length > 0 ? names : null;
    }
}
