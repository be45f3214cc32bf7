namespace Microblog.Timeline.Storage;

/// <summary>
/// What must happen to one list without anybody in between. Ids are compared as text: Lua's numbers are doubles.
/// </summary>
internal static class RebuildScripts
{
    /// <summary>KEYS[1] the list; ARGV the mark of an unfinished list, lifetime in seconds, 0 for one that
    /// does not expire.</summary>
    public const string Begin =
        """
        if redis.call('EXISTS', KEYS[1]) == 0 then
          redis.call('RPUSH', KEYS[1], ARGV[1])
          if ARGV[2] ~= '0' then redis.call('EXPIRE', KEYS[1], ARGV[2]) end
        end
        return 1
        """;

    /// <summary>
    /// Unites what was read with what has arrived meanwhile. Does nothing to a list that is no longer unfinished:
    /// somebody dropped, trimmed or finished it. KEYS[1] the list; ARGV the mark of an unfinished list, the mark to
    /// leave at the head (empty for none), entries kept, lifetime in seconds (0: it does not expire), then ids.
    /// </summary>
    /// <remarks>
    /// Without a mark the list promises to hold everything from its oldest entry on, so nothing older than what was
    /// read may stay in it.
    /// </remarks>
    public const string Finish =
        """
        local list = redis.call('LRANGE', KEYS[1], 0, -1)
        if list[1] ~= ARGV[1] then return 0 end
        local function older(a, b) return #a < #b or (#a == #b and a < b) end
        local mark, max, floor = ARGV[2], tonumber(ARGV[3]), nil
        local known, ids = {}, {}
        for i = 5, #ARGV do
          if not known[ARGV[i]] then
            known[ARGV[i]] = true
            ids[#ids + 1] = ARGV[i]
            if not floor or older(ARGV[i], floor) then floor = ARGV[i] end
          end
        end
        for i = 2, #list do
          if not known[list[i]] and not (mark == '' and floor and older(list[i], floor)) then
            known[list[i]] = true
            ids[#ids + 1] = list[i]
          end
        end
        table.sort(ids, older)
        local from = math.max(1, #ids - max + 1)
        if from > 1 and mark ~= ARGV[1] then mark = '' end
        if mark == '' and #ids == 0 then return 0 end
        redis.call('DEL', KEYS[1])
        if mark ~= '' then redis.call('RPUSH', KEYS[1], mark) end
        if #ids > 0 then redis.call('RPUSH', KEYS[1], unpack(ids, from)) end
        if ARGV[4] ~= '0' then redis.call('EXPIRE', KEYS[1], ARGV[4]) end
        return 1
        """;

    /// <summary>
    /// The same for a list whose entries are not ids and whose order is of no account, because a read sorts and
    /// resolves it; what is in the list already is not added again. KEYS[1] the list; ARGV the mark of an unfinished
    /// list, the mark to leave at the head (empty for none), lifetime in seconds, then entries, oldest first.
    /// </summary>
    public const string Prepend =
        """
        local list = redis.call('LRANGE', KEYS[1], 0, -1)
        if list[1] ~= ARGV[1] then return 0 end
        if ARGV[2] == '' and #ARGV == 3 then return 0 end
        local known, entries = {}, {}
        for i = 2, #list do known[list[i]] = true end
        for i = 4, #ARGV do
          if not known[ARGV[i]] then entries[#entries + 1] = ARGV[i] end
        end
        redis.call('DEL', KEYS[1])
        if ARGV[2] ~= '' then redis.call('RPUSH', KEYS[1], ARGV[2]) end
        if #entries > 0 then redis.call('RPUSH', KEYS[1], unpack(entries)) end
        if #list > 1 then redis.call('RPUSH', KEYS[1], unpack(list, 2)) end
        redis.call('EXPIRE', KEYS[1], ARGV[3])
        return 1
        """;
}
